package cdritest_test

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/cdritest"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/droits"
)

// releve counts the faults that a suite finds.
type releve struct{ fautes []string }

func (r *releve) Helper() {}
func (r *releve) Errorf(format string, args ...any) {
	r.fautes = append(r.fautes, fmt.Sprintf(format, args...))
}

// premiere ends the goroutine of a suite at the first fault.
type premiere struct{ releve }

func (p *premiere) Errorf(format string, args ...any) {
	p.releve.Errorf(format, args...)
	runtime.Goexit()
}

// mutant is the reference codec with one thing wrong.
type mutant struct {
	reference.Codec
	demande  func(*modele.Demande)
	recoit   func(*etree.Element)
	reponse  func(*modele.Reponse)
	erreur   func(error) error
	lignes   func([]modele.LigneReponse) []modele.LigneReponse
	plusLong bool
	profil   func(*modele.Profil)
}

func (m mutant) Profil() modele.Profil {
	p := m.Codec.Profil()
	if m.profil != nil {
		m.profil(&p)
	}
	return p
}

func (m mutant) EncodeDemande(d *modele.Demande) (*etree.Element, error) {
	if d != nil && m.demande != nil {
		copie := *d
		m.demande(&copie)
		d = &copie
	}
	return m.Codec.EncodeDemande(d)
}

func (m mutant) DecodeReponse(el *etree.Element) (*modele.Reponse, error) {
	if el != nil && m.recoit != nil {
		el = el.Copy()
		m.recoit(el)
	}
	r, err := m.Codec.DecodeReponse(el)
	switch {
	case err != nil && m.erreur != nil:
		err = m.erreur(err)
	case err == nil && m.reponse != nil:
		m.reponse(r)
	}
	return r, err
}

func (m mutant) EncodeLot(ls []modele.LigneDemande) (*etree.Element, error) {
	if m.plusLong && len(ls) > 0 {
		ls = ls[:1]
	}
	return m.Codec.EncodeLot(ls)
}

func (m mutant) DecodeLot(el *etree.Element) ([]modele.LigneReponse, error) {
	ls, err := m.Codec.DecodeLot(el)
	if err == nil && m.lignes != nil {
		ls = m.lignes(ls)
	}
	return ls, err
}

// partout applies a change to an element and to all it holds.
func partout(el *etree.Element, f func(*etree.Element)) {
	f(el)
	for _, c := range el.ChildElements() {
		partout(c, f)
	}
}

// Every kind of fault of a codec is found.
func TestMutants(t *testing.T) {
	droit := func(f func(*droits.Acquisition)) mutant {
		return mutant{reponse: func(r *modele.Reponse) {
			if r.Droits != nil {
				f(r.Droits)
			}
		}}
	}
	premiers := func(dernier bool) mutant {
		return mutant{recoit: func(el *etree.Element) {
			partout(el, func(el *etree.Element) {
				vus := map[string]*etree.Element{}
				for _, c := range el.ChildElements() {
					if c.Tag == "Nom" || c.Tag == "Code" || c.Tag == "Nir" || c.Tag == "Instant" {
						if avant := vus[c.Tag]; avant != nil && dernier {
							el.RemoveChild(avant)
						} else if avant != nil {
							el.RemoveChild(c)
							continue
						}
						vus[c.Tag] = c
					}
				}
			})
		}}
	}
	for nom, m := range map[string]mutant{
		"exonérations inconnues oubliées": droit(func(a *droits.Acquisition) {
			a.ETM = slices.DeleteFunc(a.ETM, func(d droits.Droit[droits.CodeETM]) bool { return !d.Code.Known() })
		}),
		"zéros de tête ôtés": droit(func(a *droits.Acquisition) {
			for i := range a.Situations {
				a.Situations[i].Code = droits.CodeSituation(strings.TrimLeft(string(a.Situations[i].Code), "0"))
			}
		}),
		"un seul accident": droit(func(a *droits.Acquisition) { a.AT = a.AT[:min(1, len(a.AT))] }),
		"une seule période": droit(func(a *droits.Acquisition) {
			a.Periodes = a.Periodes[:min(1, len(a.Periodes))]
		}),
		"clé refaite": droit(func(a *droits.Acquisition) {
			n := a.Assure.NIR
			a.Assure.NIR = simphonie.NIRRecu(n.Numero() + n.CleCalculee())
		}),
		"date lunaire redressée": droit(func(a *droits.Acquisition) {
			if j, err := a.Beneficiaire.Naissance.PourCalcul(); err == nil {
				a.Beneficiaire.Naissance = simphonie.NaissanceLe(j)
			}
		}),
		"médecin sans nom oublié": droit(func(a *droits.Acquisition) {
			if m := a.MedecinTraitant; m != nil && m.Nom.IsZero() {
				a.MedecinTraitant = nil
			}
		}),
		"cha-ann vide": droit(func(a *droits.Acquisition) { a.CHAANN = nil }),
		"adresse tassée": droit(func(a *droits.Acquisition) {
			a.Beneficiaire.Adresse = slices.DeleteFunc(a.Beneficiaire.Adresse, simphonie.Confidentiel.IsZero)
		}),
		"issue inconnue prise pour personne": {reponse: func(r *modele.Reponse) {
			if r.Issue.Sens == modele.SensAVerifier {
				r.Issue.Sens = modele.NonTrouve
			}
		}},
		"anomalies tues":      {reponse: func(r *modele.Reponse) { r.Anomalies = nil }},
		"messages oubliés":    {reponse: func(r *modele.Reponse) { r.Messages = nil }},
		"instant arrondi":     {reponse: func(r *modele.Reponse) { r.Instant = r.Instant.Truncate(1e9) }},
		"premier de deux":     premiers(false),
		"dernier de deux":     premiers(true),
		"commentaires coupés": {recoit: func(el *etree.Element) { partout(el, coupe) }},
		"panique":             {recoit: func(el *etree.Element) { _ = el.ChildElements()[0].ChildElements() }},
		"tout est une réponse": {erreur: func(error) error {
			return nil
		}},
		"erreur bavarde": {erreur: func(err error) error { return errors.Join(err, errors.New("ADRTROIS")) }},
		"critère perdu":  {demande: func(d *modele.Demande) { d.Rang = "1" }},
		"demande changée": {demande: func(d *modele.Demande) {
			d.Moment, d.Caisse, d.Centre, d.DateReference, d.Beneficiaire = modele.Admission, "", "", simphonie.Jour{}, simphonie.NIR{}
		}},
		"lot amputé":  {plusLong: true},
		"lignes tues": {lignes: func(ls []modele.LigneReponse) []modele.LigneReponse { return ls[:min(1, len(ls))] }},
		"lignes décalées": {lignes: func(ls []modele.LigneReponse) []modele.LigneReponse {
			for i := 1; i < len(ls); i++ {
				ls[i].Correlation, ls[i-1].Correlation = ls[i-1].Correlation, ls[i].Correlation
			}
			return ls
		}},
		"erreur de ligne sans report": {lignes: func(ls []modele.LigneReponse) []modele.LigneReponse {
			for i := range ls {
				if ls[i].Erreur != nil {
					ls[i].Erreur.Reessayable = false
				}
			}
			return ls
		}},
		"profil vide":             {profil: func(p *modele.Profil) { p.Action = "" }},
		"lot sans nombre maxi":    {profil: func(p *modele.Profil) { p.LotMax = 0 }},
		"version de SOAP absente": {profil: func(p *modele.Profil) { p.SOAP = "" }},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			r := &premiere{}
			fini := make(chan struct{})
			go func() {
				defer close(fini)
				cdritest.RunCodecSuite(r, m, cdritest.EcrivainReference())
			}()
			<-fini
			assert.NotEmpty(t, r.fautes)
			for _, f := range r.fautes {
				assert.NotContains(t, f, "ADRTROIS")
			}
		})
	}
}

// The suite finds nothing to say of the reference codec, and says what it wants.
func TestSansFaute(t *testing.T) {
	r := &releve{}
	cdritest.RunCodecSuite(r, reference.Codec{}, cdritest.EcrivainReference())
	assert.Empty(t, r.fautes)
	cdritest.RunCodecSuite(r, reference.Codec{}, cdritest.Ecrivain{})
	assert.Len(t, r.fautes, 1)
}

// coupe keeps what stands before the first comment of a value.
func coupe(el *etree.Element) {
	for i, c := range el.Child {
		if _, ok := c.(*etree.Comment); ok {
			for len(el.Child) > i {
				el.RemoveChildAt(i)
			}
			return
		}
	}
}

// A format that carries less than the model is tested for what it carries.
func TestEfface(t *testing.T) {
	efface := func(r *modele.Reponse) {
		if r.Droits != nil {
			r.Droits.Beneficiaire.Naissance, r.Droits.Beneficiaire.Rang, r.Droits.Beneficiaire.NIR = simphonie.DateNaissance{}, "", simphonie.NIR{}
		}
	}
	r, e := &releve{}, cdritest.EcrivainReference()
	m := mutant{reponse: efface}
	m.lignes = func(ls []modele.LigneReponse) []modele.LigneReponse {
		for i := range ls {
			if ls[i].Reponse != nil {
				efface(ls[i].Reponse)
			}
		}
		return ls
	}
	e.Efface = efface
	cdritest.RunCodecSuite(r, m, e)
	assert.Empty(t, r.fautes)
}
