package ace

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// tirage draws choices from the bytes of a fuzz input.
type tirage struct{ reste []byte }

func (t *tirage) n(max int) int {
	if len(t.reste) == 0 {
		return 0
	}
	b := t.reste[0]
	t.reste = t.reste[1:]
	return int(b) % max
}

func parmi[T any](t *tirage, vs ...T) T { return vs[t.n(len(vs))] }

// venueTiree is any visit, right or wrong.
func venueTiree(t *tirage, d *nomenclature.Donnees) Venue {
	jours := []simphonie.Jour{lundi, lundi.AddDays(1), jour("2026-03-01"), {}, jour("2005-09-01")}
	e := nouvelEssai()
	e.v.Sortie = parmi(t, lundi, lundi.AddDays(1), simphonie.Jour{}, jour("2026-01-01"))
	e.v.Naissance = parmi(t, e.v.Naissance, simphonie.DateNaissance{}, simphonie.NaissanceLe(lundi), simphonie.NaissanceLe(jour("2020-01-01")))
	e.v.Etablissement.Territoire = parmi(t, simphonie.Metropole, simphonie.Territoire(0))
	e.v.Etablissement.EPS = simphonie.OuiNon(t.n(3))
	acte := func() string { return d.Actes[t.n(len(d.Actes))].Code }
	for range t.n(9) {
		p := Prestation{Execution: parmi(t, jours...), Prescription: parmi(t, jours...), Quantite: t.n(4) - 1, Support: t.n(6) - 1, Seance: t.n(2),
			Executant: Executant{Specialite: parmi(t, "04", "15", "40", "", "06", "xx"), PS: parmi(t, "A", "B", "")},
			Heure:     parmi(t, Heure(""), "21:00", "07:59", "08:00", "24:00", "h"), Majoration: parmi(t, Majoration(""), Nuit, Ferie, Urgence, "X"),
			Coefficient: simphonie.Coefficient(t.n(3)-1) * simphonie.Un, EnSerie: t.n(2) == 1, IST: t.n(4) == 1, Annexe: t.n(3),
			Qualificatif: facture.Qualificatif(t.n(6))}
		switch t.n(6) {
		case 0, 1:
			p.Nomenclature, p.Code = droits.NGAP, d.Lettres[t.n(len(d.Lettres))].Code
		case 2, 3:
			p.Nomenclature = droits.CCAM
			p.CCAM = &ActeCCAM{Acte: parmi(t, acte(), acte(), "ZZZZ999", ""), Activite: parmi(t, "1", "4", ""), Phase: "0", DemiTarif: t.n(5) == 1,
				Modificateurs: parmi(t, "", "M", "RJZ", "PT", "UF", "S", "é1", "MMMMM"), Association: parmi(t, "", "1", "2", "4", "9"),
				Dents: parmi(t, nil, []string{"11", "12"}, []string{"48", "x"}, []string{"01", ""})}
		case 4:
			p.Nomenclature = droits.NABM
			p.Analyse = &Analyse{Code: parmi(t, d.Analyses[t.n(len(d.Analyses))].Code, "", "zzzz")}
		default:
			p.Nomenclature, p.Code = parmi(t, droits.Retrocede, droits.Pharmacie, droits.LPP, ""), parmi(t, tarif.Code("PHH"), "PH8", "MAR", "", "SE")
			p.Produit = &Produit{Code: parmi(t, "9000001", "9000002", "", "A"), Marge: simphonie.Montant(t.n(2)), Fraction: simphonie.Coefficient(t.n(3)-1) * 7_000}
		}
		if t.n(8) == 0 {
			p.CCAM, p.Analyse, p.Produit = nil, nil, nil
		}
		e.v.Prestations = append(e.v.Prestations, p)
	}
	return e.v
}

// permute gives the visit with its lines in another order, supports following.
func permute(v Venue, ordre []int) Venue {
	place := make([]int, len(ordre))
	for i, k := range ordre {
		place[k] = i
	}
	ps := make([]Prestation, len(ordre))
	for i, k := range ordre {
		ps[i] = v.Prestations[k]
		if s := ps[i].Support; s > 0 && s <= len(place) {
			ps[i].Support = place[s-1] + 1
		}
	}
	v.Prestations = ps
	return v
}

func sansChemin(as simphonie.Anomalies) []string {
	var ts []string
	for _, a := range as {
		ts = append(ts, fmt.Sprint(a.Code, a.Valeurs))
	}
	slices.Sort(ts)
	return ts
}

// Controls never panic, change nothing, and tell the same things whatever the
// order in which independent lines were keyed. So does the helper of associations.
func FuzzControler(f *testing.F) {
	f.Add([]byte("0"))
	f.Add([]byte{0, 0, 0, 1, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
	for i := range 8 {
		b := make([]byte, 300)
		for k := range b {
			b[k] = byte(k*k*(i+3) + k*7 + i)
		}
		f.Add(b)
	}
	d := donneesFictives()
	tables, err := nomenclature.New(d)
	require.NoError(f, err)
	vides, err := nomenclature.New(nomenclature.Donnees{})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, b []byte) {
		tir := &tirage{b}
		v := venueTiree(tir, &d)
		o := Options{ConnuAu: jour("2026-11-01"), Tables: parmi(tir, tables, tables, tables, vides), Emission: parmi(tir, simphonie.Jour{}, jour("2027-03-02"))}
		as, err := Controler(&v, &o)
		require.NoError(t, err)
		ordre := make([]int, len(v.Prestations))
		for i := range ordre {
			ordre[i] = len(ordre) - 1 - i
		}
		if len(ordre) > 2 && tir.n(2) == 1 {
			ordre[0], ordre[1] = ordre[1], ordre[0]
		}
		w := permute(v, ordre)
		bs, err := Controler(&w, &o)
		require.NoError(t, err)
		assert.Equal(t, sansChemin(as), sansChemin(bs))
		ps, err := ProposerAssociations(&v, &o, nil)
		require.NoError(t, err)
		for _, p := range ps {
			assert.True(t, p.ADecider == "" || p.Propose == "")
		}
	})
}
