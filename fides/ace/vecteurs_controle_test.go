package ace

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

// vecteur is a line of ace_vectors.csv: what the documents print, and what
// follows from their rules.
type vecteur struct {
	id            string
	entree, sorte map[string]any
}

func vecteurs(t *testing.T) []vecteur {
	f, err := os.Open("testdata/ace_vectors.csv")
	require.NoError(t, err)
	defer f.Close()
	ls, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var vs []vecteur
	for _, l := range ls[1:] {
		v := vecteur{id: l[0]}
		require.NoError(t, json.Unmarshal([]byte(l[2]), &v.entree), l[0])
		require.NoError(t, json.Unmarshal([]byte(l[3]), &v.sorte), l[0])
		vs = append(vs, v)
	}
	return vs
}

func textes(l any) []string {
	var ts []string
	for _, x := range l.([]any) {
		ts = append(ts, x.(string))
	}
	return ts
}

// Every vector of the operations that controls answer.
func TestVecteursControles(t *testing.T) {
	joue := map[string]func(*testing.T, vecteur){
		"association": vecteurAssociation, "control": vecteurCumul, "modifiers_compatible": vecteurModificateurs,
		"maj_coord": vecteurCoordination, "night": vecteurNuit, "anp": vecteurPlanifiee, "exo_rate": vecteurExoTaux,
	}
	nombre := 0
	for _, v := range vecteurs(t) {
		if f := joue[v.entree["op"].(string)]; f != nil {
			nombre++
			t.Run(v.id, func(t *testing.T) { f(t, v) })
		}
	}
	assert.Equal(t, 22, nombre)
}

// A08 to A11: given codes are right, the helper proposes the same ones, and the
// bases are those printed (price × coefficient of TB02, half-up).
func vecteurAssociation(t *testing.T, v vecteur) {
	specialites := map[string]string{"dermatologist": "15", "gynaecologist": "07", "cardiologist": "03", "rheumatologist": "14", "radiologist": "06", "dentist": "53"}
	cas := map[Executant]CasAssociation{}
	e := nouvelEssai()
	e.d.PrixCCAM = nil
	var attendus []string
	lignes := v.entree["lines"].([]any)
	for _, l := range lignes {
		m := l.(map[string]any)
		s := specialites[m["exec"].(string)]
		p := assoc(m["ccam"].(string), m["assoc"].(string)).avec(func(p *Prestation) { p.Executant = Executant{Specialite: s} })
		e.v.Prestations = append(e.v.Prestations, p)
		attendus = append(attendus, p.CCAM.Association)
		prix, err := simphonie.ParsePrix(m["pu"].(string))
		require.NoError(t, err)
		e.d.PrixCCAM = append(e.d.PrixCCAM, nomenclature.LignePrixCCAM{Prix: nomenclature.Prix{Date: toujours, Montant: prix},
			Acte: p.CCAM.Acte, Activite: "1", Phase: "0", Grille: "16"})
		switch {
		case s == "53":
			cas[p.Executant] = CasBuccoDentaire
		case s == "06" && v.id == "A10":
			cas[p.Executant] = CasRadiologie
		}
	}
	for _, a := range e.controle(t) {
		assert.True(t, a.Code == "ACE-C-ASSOCIATION-NOMBRE" && v.id == "A10", "%v", a)
	}
	ps, err := ProposerAssociations(&e.v, &e.o, cas)
	require.NoError(t, err)
	var proposes []string
	for i, p := range ps {
		assert.Empty(t, p.ADecider)
		proposes = append(proposes, p.Propose)
		k, err := e.o.Tables.Association(p.Propose, "16", lundi, e.o.ConnuAu)
		require.NoError(t, err)
		br, err := tarif.Produit(e.d.PrixCCAM[i].Montant, 1, k)
		require.NoError(t, err)
		assert.Equal(t, v.sorte["lines"].([]any)[i].(map[string]any)["br"], br.String())
	}
	assert.Equal(t, attendus, proposes)
}

// A17 to A20: surcharges of an ATU over a night and a Sunday.
func vecteurCumul(t *testing.T, v vecteur) {
	e := nouvelEssai()
	j := jour(v.entree["date"].(string))
	e.v.Entree, e.v.Sortie = j.AddDays(-1), j
	for _, l := range textes(v.entree["lines"]) {
		code, acte, _ := strings.Cut(strings.TrimSuffix(l, "]"), "[")
		lettre, m, _ := strings.Cut(code, "_")
		p := ngap(tarif.Code(lettre))
		switch {
		case lettre == "ATM":
			p = mods("AAAA001", acte)
			if len(e.v.Prestations) > 1 && e.v.Prestations[1].CCAM != nil {
				p = mods("AAAA002", acte)
			}
		case m == "N":
			p = a("22:00", maj(Nuit, p))
		case m == "F":
			p = a("09:00", maj(Ferie, p))
		}
		p.Execution = j
		e.v.Prestations = append(e.v.Prestations, p)
	}
	for _, as := range e.controle(t) {
		assert.NotContains(t, string(as.Code), "MAJORATION")
		assert.NotContains(t, string(as.Code), "MODIFICATEUR")
		assert.NotContains(t, string(as.Code), "CUMUL")
	}
	assert.Equal(t, true, v.sorte["accepted"])
}

// A21 to A23: P and R, P and T before and after the first of September 2005.
func vecteurModificateurs(t *testing.T, v vecteur) {
	e := nouvelEssai(mods("AAAA001", strings.Join(textes(v.entree["pair"]), "")))
	j := jour(v.entree["date"].(string))
	e.v.Entree, e.v.Sortie, e.v.Prestations[0].Execution = j, j, j
	as := e.controle(t)
	assert.Equal(t, v.sorte["compatible"], !contient(as, "ACE-C-MODIFICATEUR-PAIRE"), "%v", as)
	for _, a := range as {
		assert.NotContains(t, strings.Join(a.Valeurs, " "), "TB09")
	}
}

// F12 to F15: MCS by indicator, C2S, age, and beside an APC.
func vecteurCoordination(t *testing.T, v vecteur) {
	if avec, ok := v.entree["with"].(string); ok {
		e := nouvelEssai(ngap(tarif.Code(avec)), sur(1, ngap(tarif.Code(v.entree["code"].(string)))))
		assert.Equal(t, v.sorte["allowed"], !contient(e.controle(t), "ACE-C-CUMUL-COORDINATION"))
		return
	}
	p := prixe{essai: nouvelEssai(ngap("CS"))}
	if age, ok := v.entree["age"].(float64); ok {
		p.v.Naissance = simphonie.NaissanceLe(lundi.AddMonths(-12 * int(age)))
	}
	p.f.Lignes = []facture.Ligne{ligneFictive(tarif.Code(v.entree["code"].(string)), 5_00, 5_00, 3_50, 1_50)}
	p.ds = []droitsLigne{{droitsResolus(v.entree["sp"] != nil), v.entree["ips"].(string)}}
	assert.Equal(t, v.sorte["allowed"], !contient(p.controle(t), "ACE-C-COORDINATION"))
}

// F16 and F17: the night begins at 20:00.
func vecteurNuit(t *testing.T, v vecteur) {
	e := nouvelEssai(a(Heure(v.entree["time"].(string)), maj(Nuit, ngap("CS"))))
	assert.Equal(t, v.sorte["allowed"], !contient(e.controle(t), "ACE-C-MAJORATION-NUIT"))
}

// F18 to F20: no code when all is planned, a code everywhere otherwise, 4 alone.
func vecteurPlanifiee(t *testing.T, v vecteur) {
	codes := textes(v.entree["codes"])
	second := "AAAA002"
	if v.entree["pairs_all_planned"].(bool) {
		second = "AAAC001"
	}
	e := nouvelEssai(assoc("AAAA001", codes[0]), assoc(second, codes[1]))
	as := e.controle(t)
	assert.Equal(t, v.sorte["ok"], len(as) == 0, "%v", as)
}

// F21 and F22: an exemption other than 0 and 9 wants 100 %; the invoice proves it.
func vecteurExoTaux(t *testing.T, v vecteur) {
	l := ligneFictive("CS", 10_00, 10_00, 8_00, 2_00)
	l.Taux = simphonie.PourCent(int32(v.entree["rate"].(float64)))
	require.NoError(t, l.Exoneration.UnmarshalText([]byte(v.entree["exo"].(string))))
	f := facture.Facture{Lignes: []facture.Ligne{l}, Parts: []facture.Part{{Debiteur: simphonie.AMO, Montant: 8_00, Etat: facture.Theorique},
		{Debiteur: simphonie.Patient, Montant: 2_00, Etat: facture.Theorique}}}
	assert.Equal(t, v.sorte["ok"], !contient(f.Verify(), "FAC-EXO-TAUX"))
}
