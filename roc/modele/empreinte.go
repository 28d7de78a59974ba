package modele

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strconv"

	"github.com/simphonie/simphonie"
)

// Empreinte is a keyed digest of the inputs of a call: two calls with the same
// one asked the same thing. It tells nothing to whoever lacks the secret.
type Empreinte [sha256.Size]byte

// IsZero says that there is none.
func (e Empreinte) IsZero() bool { return e == Empreinte{} }

// String gives the digest in hexadecimal.
func (e Empreinte) String() string { return hex.EncodeToString(e[:]) }

// MarshalText gives the digest in hexadecimal.
func (e Empreinte) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (e *Empreinte) UnmarshalText(b []byte) error {
	if len(b) == 2*len(e) {
		if _, err := hex.Decode(e[:], b); err == nil {
			return nil
		}
	}
	return &simphonie.Erreur{Code: "ROC-EMPREINTE", Service: "ROC", Chemin: "empreinte", Detail: "64 hexadecimal digits are wanted", Err: simphonie.ErrSyntaxe}
}

// secretMin is the shortest secret, in bytes.
const secretMin = 16

// Secret is the key of the digests, one per installation. It is masked.
type Secret struct {
	nouveau func() hash.Hash // holds the key, which no verb of fmt then shows
}

// NewSecret takes at least 16 bytes, drawn at random and kept by the installation.
func NewSecret(cle []byte) (Secret, error) {
	if len(cle) < secretMin {
		return Secret{}, &simphonie.Erreur{Code: "ROC-SECRET", Service: "ROC", Chemin: "secret", Detail: "16 bytes at least are wanted"}
	}
	cle = append([]byte(nil), cle...)
	return Secret{func() hash.Hash { return hmac.New(sha256.New, cle) }}, nil
}

// IsZero says that there is none.
func (s Secret) IsZero() bool { return s.nouveau == nil }

// Format shows *** whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, "***") }

// EmpreinteDroits digests what an IDB depends on: who is asked about whom.
func (s Secret) EmpreinteDroits(e *Entete) Empreinte {
	c := s.canon("droits-1")
	c.entete(e)
	return c.empreinte()
}

// EmpreinteChiffrage digests what amounts depend on: the rights' inputs, the
// lines with what they stand for, and the parts of the insurers before this
// one. It does not depend on the request, its moment, nor on what this insurer,
// later ones or the patient owe.
func (s Secret) EmpreinteChiffrage(e *Entete, ch *Chiffrage) Empreinte {
	complet := slices.ContainsFunc(ch.Lignes, complements)
	genre := "chiffrage-1"
	if complet {
		genre = "chiffrage-2"
	}
	c := s.canon(genre)
	c.entete(e)
	c.nombre(int64(len(ch.Lignes)))
	for i := range ch.Lignes {
		l := &ch.Lignes[i]
		c.texte(string(l.Code), l.Execution.String(), l.Reference.String(), l.TarifReference)
		c.nombre(int64(l.Support), int64(l.Quantite), int64(l.Coefficient), int64(l.CoefMCO), int64(l.PrixUnitaire),
			int64(l.Honoraires), int64(l.BRAMO), int64(l.BRAMC), int64(l.MRO), int64(l.MRC), int64(l.MTM), int64(l.Taux),
			int64(l.Exoneration), int64(l.Qualificatif), int64(l.Participation))
		if complet {
			c.nombre(int64(l.TMF))
			c.detail(&l.Detail)
		}
		autres := ch.Autres(i)
		c.nombre(int64(len(autres)))
		for _, p := range autres {
			c.texte(string(p.Debiteur.AMC))
			c.nombre(int64(p.Montant))
		}
	}
	return c.empreinte()
}

// EmpreinteEngagement names one exchange of a dossier that commits money, for
// the journal: the service, the legal entity, and how many CLC of the dossier
// were annulled before, so that one may be computed again afterwards. It does
// not depend on inputs: changing them does not make a second CLC possible.
func (s Secret) EmpreinteEngagement(service Service, ej simphonie.FINESS, generation int) Empreinte {
	c := s.canon("engagement-2")
	c.texte(service.String(), string(ej), strconv.Itoa(generation))
	return c.empreinte()
}

// canon writes values so that no two lists of values give the same bytes.
type canon struct{ h hash.Hash }

func (s Secret) canon(genre string) canon {
	nouveau := s.nouveau
	if nouveau == nil { // New of the client refuses it; a digest without a key is no secret
		nouveau = sha256.New
	}
	c := canon{nouveau()}
	c.texte(genre)
	return c
}

func (c canon) texte(ts ...string) {
	for _, t := range ts {
		c.nombre(int64(len(t)))
		c.h.Write([]byte(t))
	}
}

func (c canon) nombre(ns ...int64) {
	for _, n := range ns {
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], uint64(n))
		c.h.Write(b[:])
	}
}

func (c canon) entete(e *Entete) {
	k, b := &e.Couverture, &e.Beneficiaire
	c.texte(string(e.EJ), string(e.EG), e.Venue, e.Date.String(),
		k.Cle.Numero.Canonique(), k.Cle.Convention, k.Cle.CSR, string(k.Cle.Domaine), k.Adherent.Clair(), k.Contrat.Clair(),
		b.NIR.Clair(), b.Naissance.Clair(), b.Rang, b.Nom.Clair(), b.Prenom.Clair())
}

func (c canon) empreinte() (e Empreinte) {
	c.h.Sum(e[:0])
	return e
}
