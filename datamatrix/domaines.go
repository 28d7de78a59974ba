package datamatrix

import (
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
)

// Source of a letter's meaning.
type SourceLettre string

const (
	// LettreDeduite marks a meaning inferred from published cards: the official
	// table of letters is not public.
	LettreDeduite SourceLettre = "déduite"
	// LettreFournie marks a meaning that the editor vouches for.
	LettreFournie SourceLettre = "fournie"
)

// LettreDomaine says which domain a letter stands for, and on whose word.
type LettreDomaine struct {
	Lettre  rune
	Domaine simphonie.Domaine
	Source  SourceLettre
}

// TableDomaines maps the letters of the code to domains of care. Several
// letters may stand for one domain.
type TableDomaines []LettreDomaine

// DomainesDeduits gives the letters that matter to a hospital, all inferred:
// H hospitalisation, E soins externes. An editor who holds the official table
// gives its own.
func DomainesDeduits() TableDomaines {
	return TableDomaines{
		{'H', simphonie.Hospitalisation, LettreDeduite},
		{'E', simphonie.Externe, LettreDeduite},
	}
}

// ConventionDomaine is a convention that covers a domain.
type ConventionDomaine struct {
	Convention string
	// Groupe is the place of the group in the code, from 0.
	Groupe int
	// Lettre is the letter that covers the domain, or '*'.
	Lettre rune
	// Source is that of the letter; it is empty for '*'.
	Source SourceLettre
}

// ConventionsFor lists the conventions that cover a domain: those that name it,
// in the order of the groups, then those that cover every domain. A nil table
// is DomainesDeduits.
func (a AttestationAMC) ConventionsFor(d simphonie.Domaine, t TableDomaines) []ConventionDomaine {
	if t == nil {
		t = DomainesDeduits()
	}
	var cs []ConventionDomaine
	for i, g := range a.Groupes {
		for _, l := range t {
			if l.Domaine == d && strings.ContainsRune(g.Domaines, l.Lettre) {
				cs = append(cs, ConventionDomaine{g.Convention, i, l.Lettre, l.Source})
				break
			}
		}
	}
	for i, g := range a.Groupes {
		if g.TousDomaines() {
			cs = append(cs, ConventionDomaine{Convention: g.Convention, Groupe: i, Lettre: '*'})
		}
	}
	return cs
}

// ConventionsLettre lists the convention codes whose group holds a letter or
// covers every domain, without saying what the letter means.
func (a AttestationAMC) ConventionsLettre(lettre rune) []string {
	t := TableDomaines{{Lettre: lettre, Domaine: "LETTRE"}}
	var cs []string
	for _, c := range a.ConventionsFor("LETTRE", t) {
		cs = append(cs, c.Convention)
	}
	return cs
}

// Cles gives the directory keys of the attestation for the domains asked
// (HOSP and EXTE when none is), all candidates in the order in which to try
// them. The anomalies say which domain has none, which has several, and which
// rests on an inferred letter. A nil table is DomainesDeduits.
func (a AttestationAMC) Cles(t TableDomaines, domaines ...simphonie.Domaine) ([]simphonie.CleAMC, simphonie.Anomalies) {
	if len(domaines) == 0 {
		domaines = []simphonie.Domaine{simphonie.Hospitalisation, simphonie.Externe}
	}
	var cles []simphonie.CleAMC
	var as simphonie.Anomalies
	anomalie := func(code simphonie.Code, valeurs ...string) {
		as = append(as, parCode[code].Anomalie("groupes", valeurs...))
	}
	for _, d := range domaines {
		vues := map[string]bool{}
		deduite := rune(0)
		for _, c := range a.ConventionsFor(d, t) {
			if vues[c.Convention] {
				continue
			}
			vues[c.Convention] = true
			if c.Source == LettreDeduite && deduite == 0 {
				deduite = c.Lettre
			}
			cles = append(cles, simphonie.CleAMC{Numero: a.NumeroAMC, Convention: c.Convention, CSR: a.CSR, Domaine: d})
		}
		switch {
		case len(vues) == 0:
			anomalie("DM-AMC-DOMAINE-ABSENT", string(d))
		case len(vues) > 1:
			anomalie("DM-AMC-CONVENTIONS-MULTIPLES", string(d), strconv.Itoa(len(vues)))
		}
		if deduite != 0 {
			anomalie("DM-AMC-DOMAINE-DEDUIT", string(d), string(deduite))
		}
	}
	return cles, as
}

// EcritureNumero says how an AMC number is written for a system that wants one
// form; numbers compare without their leading zeros whatever the form.
type EcritureNumero uint8

const (
	// NumeroTelQueLu writes the number as the card gave it.
	NumeroTelQueLu EcritureNumero = iota
	// NumeroSansZeros writes it without leading zeros.
	NumeroSansZeros
	// NumeroSur10 pads it with zeros to ten characters.
	NumeroSur10
)

// Ecrit gives the number in this form.
func (e EcritureNumero) Ecrit(n simphonie.NumeroAMC) string {
	switch e {
	case NumeroSansZeros:
		return n.Canonique()
	case NumeroSur10:
		c := n.Canonique()
		return strings.Repeat("0", max(0, 10-len(c))) + c
	}
	return string(n)
}
