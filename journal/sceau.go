package journal

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"github.com/simphonie/simphonie"
)

// Trousseau gives the key of a dossier: 32 random bytes, the same each time,
// kept elsewhere than the journal. For a dossier whose key was destroyed it
// returns ErrCleDetruite.
type Trousseau func(ctx context.Context, venue string) ([]byte, error)

// ErrCleDetruite says that the payloads of a dossier are gone for good.
var ErrCleDetruite = errors.New("the key of the dossier was destroyed")

const (
	cleTaille    = 32
	versionSceau = 1
	usageCharge  = "simphonie/journal/charge/1"
	usageDigest  = "simphonie/journal/empreinte/1"
)

// derivee gives the key of a use from that of a dossier.
func (j *Journal) derivee(ctx context.Context, venue, usage string) ([]byte, error) {
	cle, err := j.config.Trousseau(ctx, venue)
	switch {
	case errors.Is(err, ErrCleDetruite):
		return nil, enveloppe("JRN-CLE-DETRUITE", "", ErrCleDetruite)
	case err != nil:
		return nil, &simphonie.Erreur{Code: "JRN-CLE-ACCES", Service: service, Detail: "the key of the dossier was not given", Reessayable: true, Err: err}
	case len(cle) != cleTaille:
		return nil, erreur("JRN-CLE-TAILLE", "", "a key of 32 bytes is wanted")
	}
	return hkdf.Key(sha256.New, cle, nil, usage, cleTaille)
}

// Empreinte gives the digest of the inputs of an exchange. It is keyed: without
// the key of the dossier nobody can try a NIR on it. Give every input that, had
// it changed, would make another exchange, always in the same order.
func (j *Journal) Empreinte(ctx context.Context, nature, venue string, entrees ...[]byte) (Empreinte, error) {
	cle, err := j.derivee(ctx, venue, usageDigest)
	if err != nil {
		return Empreinte{}, err
	}
	h := hmac.New(sha256.New, cle)
	h.Write(suite(append([][]byte{[]byte(nature), []byte(venue)}, entrees...)...))
	return Empreinte(h.Sum(nil)), nil
}

// suite joins texts so that no two lists give the same bytes.
func suite(textes ...[]byte) []byte {
	var b []byte
	for _, t := range textes {
		b = append(binary.BigEndian.AppendUint64(b, uint64(len(t))), t...)
	}
	return b
}

// sceau is the cipher of a dossier.
func (j *Journal) sceau(ctx context.Context, venue string) (cipher.AEAD, error) {
	cle, err := j.derivee(ctx, venue, usageCharge)
	if err != nil {
		return nil, err
	}
	b, err := aes.NewCipher(cle)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

// lie is what the seal of a payload covers beside it: a payload opens in no
// other step, exchange, nor under another outcome.
func lie(c Cle, s Etape) []byte {
	return suite([]byte(c.Venue), []byte(c.AMC), c.Empreinte[:],
		[]byte{byte(s.Genre), byte(s.Issue), byte(s.Verdict)}, binary.BigEndian.AppendUint64(nil, uint64(s.Essai)), []byte(s.Nature), []byte(s.Version))
}

func scelle(a cipher.AEAD, c Cle, s Etape, charge string) ([]byte, error) {
	nonce := make([]byte, a.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, err
	}
	return a.Seal(append([]byte{versionSceau}, nonce...), nonce, []byte(charge), lie(c, s)), nil
}

// Charge opens the payload of a step of an attempt that Lit gave; it is empty
// when the step has none.
func (j *Journal) Charge(ctx context.Context, r Ref, s Etape) (simphonie.Confidentiel, error) {
	if len(s.Scellee) == 0 {
		return simphonie.Confidentiel{}, nil
	}
	a, err := j.sceau(ctx, r.Cle.Venue)
	if err != nil {
		return simphonie.Confidentiel{}, err
	}
	n := 1 + a.NonceSize()
	if len(s.Scellee) < n || s.Scellee[0] != versionSceau {
		return simphonie.Confidentiel{}, erreur("JRN-CLE-FAUSSE", "", "the payload is not of this version, or was changed")
	}
	s.Essai = r.Essai
	clair, err := a.Open(nil, s.Scellee[1:n], s.Scellee[n:], lie(r.Cle, s))
	if err != nil {
		return simphonie.Confidentiel{}, erreur("JRN-CLE-FAUSSE", "", "the payload was sealed with another key, or was changed")
	}
	return simphonie.NewConfidentiel(string(clair)), nil
}
