package dossier_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/roc/dossier"
	"github.com/simphonie/simphonie/roc/modele"
)

const amc simphonie.NumeroAMC = "434243085"

var (
	quand = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	jour  = simphonie.MustJour("2026-11-21")
	moi   = simphonie.NewConfidentiel("agent")
	cause = simphonie.NewConfidentiel("appel à la mutuelle")
)

func empreinte(b byte) (e modele.Empreinte) { e[0] = b; return e }

// suite gives requests that are all different.
type compteur int

func (c *compteur) requete() string { *c++; return fmt.Sprintf("r%d", int(*c)) }

func (c *compteur) appel(s modele.Service) dossier.Appel {
	return dossier.Appel{Service: s, Moment: modele.Admission, Requete: c.requete(), Empreinte: empreinte(1), Le: quand,
		Profil: "reference-non-officielle/1", Specification: modele.SpecV1}
}

func retour(s modele.Sens, m modele.Motif) modele.Retour {
	return modele.Retour{Issue: modele.Issue{Sens: s, Motif: m, Code: "X", Libelle: simphonie.NewConfidentiel("libellé")}}
}

// montants are 10 € on line 1 and 20 € on line 2.
func montants() []modele.Montant {
	return []modele.Montant{{Ligne: 0, Part: 1000}, {Ligne: 1, Part: 2000}}
}

func parts(ms ...simphonie.Montant) []facture.Part {
	ps := []facture.Part{{Ligne: 0, Debiteur: simphonie.AMO, Montant: 7000, Etat: facture.Engage}}
	for i, m := range ms {
		ps = append(ps, facture.Part{Ligne: i, Debiteur: simphonie.AMC("0434243085"), Montant: m, Etat: facture.Engage})
	}
	return ps
}

func calcul() *modele.Calcul {
	return &modele.Calcul{Retour: retour(modele.Accepte, 0), Montants: montants(), Engagement: "E1"}
}

// requeteDe gives the call that is awaited, or one that is not.
func requeteDe(d *dossier.Dossier) string {
	if d.Suspens != nil {
		return d.Suspens.Requete
	}
	return "aucune"
}

func calculDe(d *dossier.Dossier) string {
	if d.Calcul != nil {
		return d.Calcul.Requete
	}
	return "aucun"
}

// evenements makes the event of each column for a dossier.
func evenements(c *compteur) []struct {
	nom string
	e   func(*dossier.Dossier) dossier.Evenement
} {
	type ev = struct {
		nom string
		e   func(*dossier.Dossier) dossier.Evenement
	}
	idb := func(s modele.Sens, m modele.Motif) func(*dossier.Dossier) dossier.Evenement {
		return func(*dossier.Dossier) dossier.Evenement {
			return dossier.IDBRecue{Appel: c.appel(modele.IDB), Reponse: &modele.Identification{Retour: retour(s, m)}}
		}
	}
	sim := func(s modele.Sens) func(*dossier.Dossier) dossier.Evenement {
		return func(*dossier.Dossier) dossier.Evenement {
			return dossier.SIMRecue{Appel: c.appel(modele.SIM), Reponse: &modele.Simulation{Retour: retour(s, 0), Montants: montants()}}
		}
	}
	clc := func(s modele.Sens) func(*dossier.Dossier) dossier.Evenement {
		return func(d *dossier.Dossier) dossier.Evenement {
			r := calcul()
			r.Issue.Sens = s
			return dossier.CalculRecu{Requete: requeteDe(d), Reponse: r}
		}
	}
	del := func(s modele.Sens, m modele.Motif) func(*dossier.Dossier) dossier.Evenement {
		return func(d *dossier.Dossier) dossier.Evenement {
			return dossier.AnnulationRecue{Requete: requeteDe(d), Reponse: &modele.Annulation{Retour: retour(s, m)}}
		}
	}
	decide := func(v dossier.Verdict) func(*dossier.Dossier) dossier.Evenement {
		return func(d *dossier.Dossier) dossier.Evenement {
			return dossier.Decision{Requete: requeteDe(d), Verdict: v, Par: moi, Motif: cause, Le: quand}
		}
	}
	regle := func(m simphonie.Montant) func(*dossier.Dossier) dossier.Evenement {
		return func(*dossier.Dossier) dossier.Evenement {
			return dossier.Reglement{Reference: c.requete(), Montant: m, Le: quand}
		}
	}
	return []ev{
		{"IDB+", idb(modele.Accepte, 0)}, {"IDB-", idb(modele.Refuse, modele.DroitsFermes)}, {"IDB?", idb(modele.Incomplet, modele.ChoixContrat)}, {"IDB~", idb(modele.Indisponible, 0)},
		{"SIM+", sim(modele.Accepte)}, {"SIM-", sim(modele.Refuse)},
		{"lecture", func(*dossier.Dossier) dossier.Evenement {
			return dossier.LectureEchouee{Appel: c.appel(modele.SIM), Code: "TSV-RESEAU"}
		}},
		{"CLC>", func(*dossier.Dossier) dossier.Evenement { return dossier.Depart{Appel: c.appel(modele.CLC), Lignes: 2} }},
		{"CLC+", clc(modele.Accepte)}, {"CLC-", clc(modele.Refuse)}, {"CLC~", clc(modele.Indisponible)}, {"CLC?", clc(modele.SensAVerifier)},
		{"DEL>", func(d *dossier.Dossier) dossier.Evenement {
			return dossier.Depart{Appel: c.appel(modele.DEL), Calcul: calculDe(d)}
		}},
		{"DEL+", del(modele.Accepte, 0)}, {"DEL=", del(modele.Refuse, modele.CalculAnnule)}, {"DEL-", del(modele.Refuse, modele.AnnulationImpossible)}, {"DEL?", del(modele.Indetermine, 0)},
		{"jamais", func(d *dossier.Dossier) dossier.Evenement {
			return dossier.JamaisPartie{Requete: requeteDe(d), Code: "TSV-RESEAU"}
		}},
		{"perdue", func(d *dossier.Dossier) dossier.Evenement {
			return dossier.ReponsePerdue{Requete: requeteDe(d), Code: "TSV-DELAI"}
		}},
		{"decide+", decide(dossier.Effective)}, {"decide-", decide(dossier.SansEffet)},
		{"change", func(*dossier.Dossier) dossier.Evenement { return dossier.DonneesChangees{Empreinte: empreinte(2)} }},
		{"emet", func(*dossier.Dossier) dossier.Evenement {
			return dossier.Emission{Numero: c.requete(), Le: quand, Jour: jour, Empreinte: empreinte(1), Parts: parts(1000, 2000)}
		}},
		{"DRE-", func(*dossier.Dossier) dossier.Evenement { return dossier.DREAnnulee{Le: quand} }},
		{"paye", regle(3000)}, {"partie", regle(1)},
		{"rejet", func(*dossier.Dossier) dossier.Evenement {
			return dossier.Rejet{Reference: c.requete(), Code: "R1", Motif: cause, Le: quand}
		}},
	}
}

// joue plays named events on a new dossier, none of which may be refused.
func joue(t testing.TB, c *compteur, p dossier.Politique, noms string) dossier.Dossier {
	t.Helper()
	d, err := dossier.New("26000001", "0434243085")
	require.NoError(t, err)
	for nom := range strings.FieldsSeq(noms) {
		trouve := false
		for _, ev := range evenements(c) {
			if ev.nom == nom {
				s := d.Applique(ev.e(&d), p)
				require.False(t, s.Refuse, "%s: %v", nom, s.Anomalies)
				d, trouve = s.Dossier, true
			}
		}
		require.True(t, trouve, nom)
	}
	return d
}

// decrit gives the state and what is awaited: +vol, +clarifier, +perime.
func decrit(d *dossier.Dossier) string {
	s := d.Etat.String()
	if d.Suspens != nil {
		s += "+" + strings.ToLower(d.Suspens.Service.String())
		if d.Suspens.AClarifier {
			s += "?"
		}
	}
	if d.Calcul != nil && d.Calcul.Perime {
		s += "*"
	}
	return s
}
