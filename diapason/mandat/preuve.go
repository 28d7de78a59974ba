package mandat

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/diapason/modele"
)

// Preuve is one record of what was shown, accepted and done. It holds neither
// identity, contact nor card: amounts, dates, references and versions of texts.
type Preuve struct {
	Rang       int            `json:"rang"` // from 1
	Precedente string         `json:"precedente"`
	Le         time.Time      `json:"le"`
	Jour       simphonie.Jour `json:"jour"` // civil date of the establishment
	Fait       string         `json:"fait"`
	Valeurs    []Valeur       `json:"valeurs,omitempty"`
	Empreinte  string         `json:"empreinte,omitempty"` // SHA-256 of the JSON of all the rest
}

// Valeur is a named text of a record.
type Valeur struct {
	Nom   string `json:"nom"`
	Texte string `json:"texte"`
}

// origine is what the first record holds for the one before: the number of the
// mandate, so that no chain passes for that of another.
func origine(numero string) string {
	s := sha256.Sum256([]byte("simphonie.diapason.preuve/1 " + numero))
	return hex.EncodeToString(s[:])
}

// empreinte is the digest of a record: of its JSON without this field, written
// in one way only. A record whose texts want an escape is not one of ours.
func (p *Preuve) empreinte() (string, bool) {
	var tampon [768]byte
	b, sur := tampon[:0], true
	texte := func(avant, s, apres string) {
		sur = sur && propre(s) == s
		b = append(append(append(b, avant...), s...), apres...)
	}
	b = strconv.AppendInt(append(b, `{"rang":`...), int64(p.Rang), 10)
	texte(`,"precedente":"`, p.Precedente, `"`)
	b = p.Le.UTC().AppendFormat(append(b, `,"le":"`...), time.RFC3339Nano)
	texte(`","jour":"`, p.Jour.String(), `"`)
	texte(`,"fait":"`, p.Fait, `"`)
	for i, v := range p.Valeurs {
		avant := `,{"nom":"`
		if i == 0 {
			avant = `,"valeurs":[{"nom":"`
		}
		texte(avant, v.Nom, `"`)
		texte(`,"texte":"`, v.Texte, `"}`)
	}
	if len(p.Valeurs) > 0 {
		b = append(b, ']')
	}
	s := sha256.Sum256(append(b, '}'))
	return hex.EncodeToString(s[:]), sur
}

// propre keeps the characters that JSON writes as they are, 100 at most.
func propre(s string) string {
	for i, r := range []byte(s) {
		if r < 0x20 || r > 0x7e || strings.IndexByte(`"\<>&`, r) >= 0 || i >= 100 {
			return strings.Map(func(r rune) rune {
				if r < 0x20 || r > 0x7e || strings.ContainsRune(`"\<>&`, r) {
					return '_'
				}
				return r
			}, s[:min(len(s), 100)])
		}
	}
	return s
}

// discret keeps what a platform or a carrier wrote freely, unless it may hold a
// card number.
func discret(s string) string {
	if _, err := modele.NewAlias(propre(s)); err != nil && !modele.Reference(s, 64) && s != "" {
		return "masque"
	}
	return propre(s)
}

// note adds a record to the chain.
func (p *pas) note(fait string, valeurs ...Valeur) {
	for i := range valeurs {
		valeurs[i].Texte = propre(valeurs[i].Texte)
	}
	m := p.m
	precedente := origine(m.Numero)
	if n := len(m.Preuves); n > 0 {
		precedente = m.Preuves[n-1].Empreinte
	}
	x := Preuve{Rang: len(m.Preuves) + 1, Precedente: precedente, Le: p.quand, Jour: p.jour, Fait: fait, Valeurs: valeurs}
	x.Empreinte, _ = x.empreinte()
	m.Preuves = append(slices.Clip(m.Preuves), x)
	m.Revision++
}

// proposes are the terms as the first record holds them, after the admission.
func (m *Mandat) proposes() []Valeur {
	pol := m.Politique
	return []Valeur{v("plafond", m.Plafond.String()), v("dateLimite", m.DateLimite.String()), v("jours", pol.Jours.String()), v("depart", pol.Depart.String()),
		v("portee", pol.Portee.String()), v("nombre", pol.Nombre.String()), v("limite", pol.Limite.String()),
		v("territoire", pol.Territoire.String()), v("traitement", strconv.Itoa(pol.Traitement)), v("reprises", strconv.Itoa(pol.Reprises))}
}

// termesProuves compares the terms with the first record. The last three were
// not kept at first.
func (m *Mandat) termesProuves() bool {
	vs, attendus := m.Preuves[0].Valeurs, m.proposes()
	return len(vs) > 0 && slices.Contains([]int{len(attendus) - 3, len(attendus)}, len(vs)-1) && slices.Equal(vs[1:], attendus[:len(vs)-1])
}

// decisions are those that the mandate holds in clear.
func (m *Mandat) decisions() []Decision {
	var ds []Decision
	for i := range m.Prelevements {
		p := &m.Prelevements[i]
		ds = append(ds, p.Decision, p.Constat)
		for _, r := range p.Rendus {
			ds = append(ds, r.Constat)
		}
	}
	return slices.DeleteFunc(ds, func(d Decision) bool { return d == Decision{} })
}

// liee binds a decision to the evidence by its digest: who and why stay masked,
// and cannot be changed afterwards.
func (m *Mandat) liee(d Decision) Valeur {
	s := sha256.Sum256([]byte("simphonie.diapason.decision/1 " + m.Numero + "\x00" + d.Par.Clair() + "\x00" + d.Motif.Clair()))
	return v("decision", hex.EncodeToString(s[:]))
}

// Ancre is the end of a chain at some moment. Kept where whoever changes
// mandates cannot write, it proves later that nothing before was changed or
// taken away.
type Ancre struct {
	Numero    string `json:"numero"` // of the mandate
	Rang      int    `json:"rang"`
	Empreinte string `json:"empreinte"`
}

// Ancre gives the end of the chain as it is now.
func (m Mandat) Ancre() Ancre {
	if len(m.Preuves) == 0 {
		return Ancre{Numero: m.Numero}
	}
	p := m.Preuves[len(m.Preuves)-1]
	return Ancre{m.Numero, p.Rang, p.Empreinte}
}

// Verifier finds a record of the mandate that was changed, cut, swapped or
// inserted, and names the first; and terms or decisions that are not those of
// the records. A chain alone cannot prove that it is complete, nor that it was
// not written anew as a whole: anchors kept elsewhere do.
func (m Mandat) Verifier(ancres ...Ancre) error {
	faux := func(i int, detail string) error {
		return &simphonie.Erreur{Code: "DIA-PREUVE", Service: service, Chemin: "preuves[" + strconv.Itoa(i) + "]", Detail: detail}
	}
	if len(m.Preuves) != m.Revision || len(m.Preuves) == 0 {
		return faux(len(m.Preuves), "there is one record for each change: some were cut or added")
	}
	avant := origine(m.Numero)
	for i, p := range m.Preuves {
		e, sur := p.empreinte()
		switch {
		case !sur || e != p.Empreinte:
			return faux(i, "this record was changed")
		case p.Precedente != avant || p.Rang != i+1:
			return faux(i, "this record does not follow the one before")
		}
		avant = e
	}
	if !m.termesProuves() {
		return faux(0, "the terms are not those that were proposed")
	}
	for _, d := range m.decisions() {
		if !slices.ContainsFunc(m.Preuves, func(p Preuve) bool { return slices.Contains(p.Valeurs, m.liee(d)) }) {
			return faux(len(m.Preuves)-1, "no record holds the digest of a decision of the mandate")
		}
	}
	for _, a := range ancres {
		if a.Numero != m.Numero || a.Rang < 1 || a.Rang > len(m.Preuves) || m.Preuves[a.Rang-1].Empreinte != a.Empreinte {
			return faux(a.Rang-1, "an anchor kept elsewhere does not find this record")
		}
	}
	return nil
}
