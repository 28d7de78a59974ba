package ace

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
)

func par(specialite, ps string, p Prestation) Prestation {
	p.Executant = Executant{Specialite: specialite, PS: ps}
	return p
}

// Ordinary visits of a hospital have nothing that blocks or waits for a person.
func TestVenuesOrdinaires(t *testing.T) {
	anesthesie := func(acte string) Prestation {
		return par("02", "ANES", ccam(acte)).avec(func(p *Prestation) { p.CCAM.Activite = activiteAnesth })
	}
	ecart := prescrit(sur(1, Prestation{Nomenclature: droits.Retrocede, Code: "MAR", Execution: lundi, Executant: Executant{Specialite: "50"}}))
	for nom, v := range map[string]func(*essai){
		"consultation":                          de(ngap("CS")),
		"consultation et ECG":                   de(par("03", "A", ngap("CS")), par("03", "A", ccam("DEQP003"))),
		"consultation et majoration":            de(ngap("CS"), sur(1, ngap("MCS"))),
		"consultation de nuit":                  de(a("22:10", maj(Nuit, ngap("CS")))),
		"deux consultations de deux médecins":   de(ngap("CS"), par("15", "B", ngap("CS"))),
		"consultation, acte d'un confrère":      de(ngap("CS"), par("06", "R", ccam("LFQK002"))),
		"IRM et forfait technique":              de(par("06", "R", ccam("NAQK015")), sur(1, par("06", "R", ngap("FTN")))),
		"forfait technique seul":                de(par("06", "R", ngap("FTN"))),
		"dermatologie et FSD":                   de(de15(ccam("AAAB001")), sur(1, de15(ngap("FSD")))),
		"dermatologie, biopsie à 50 %":          de(de15(ngap("CS")), de15(demi("AAAA003"))),
		"prothèse dentaire":                     de(dents("HBLD138", "11", "12")),
		"prothèse et forfait de la C2S":         de(dents("HBLD138", "11", "12"), sur(1, ngap("FDA"))),
		"biologie":                              de(nabm("1104"), nabm("0552")),
		"biologie et complément de cotation":    de(nabm("0552"), nabm("9908")),
		"biologie et consultation":              de(nabm("1104"), ngap("CS")),
		"dépistage des IST":                     de(nabm("0388").avec(func(p *Prestation) { p.IST = true })),
		"ATU de gynécologie et actes":           de(ngap("ATU"), par("07", "G", ngap("CS")), par("07", "G", ccam("AAAA001")), nabm("1104")),
		"ATU de deux jours":                     et(venueDu("2026-03-02", "2026-03-03"), de(ngap("ATU"), le("2026-03-03", ngap("CS")))),
		"FFM et petite chirurgie":               de(ngap("FFM"), ccam("AAAA001")),
		"SE1, endoscopie sous anesthésie":       de(ngap("SE1"), ccam("AAAA001"), anesthesie("AAAA001")),
		"SE2 et DMLA":                           de(ngap("SE2"), ngap("APE"), ccam("BGLB001"), ucd(droits.Pharmacie, "PH8", "9000002")),
		"rétrocession":                          de(prescrit(ucd(droits.Retrocede, "PHH", "9000001")), ecart),
		"chirurgie de deux actes":               de(assoc("AAAA001", "1"), assoc("AAAA002", "2")),
		"acte et geste complémentaire":          de(ccam("AAAA001"), ccam("AAAC001")),
		"acte et geste complémentaire, sans 13": de(ccam("AAAA002"), ccam("AAAC001")),
		"soins infirmiers":                      de(par("24", "I", prescrit(ngap("AMI").avec(func(p *Prestation) { p.Coefficient = 3 * simphonie.Un })))),
		"avis ponctuel":                         de(ngap("APC")),
		"avis et acte de III-41 à 50 %":         de(ngap("APC"), demi("AAAA002")),
		"fausse couche et ATU":                  de(ngap("FEF"), ngap("ATU")),
		"nourrisson":                            et(neLe("2026-02-20"), de(mods("AAAA001", "E"))),
		"nuit et jour férié":                    et(venueDu("2026-03-01", "2026-03-01"), de(le("2026-03-01", a("10:00", maj(Ferie, ngap("CS")))))),
	} {
		t.Run(nom, func(t *testing.T) {
			e := nouvelEssai()
			e.d.Lettres = append(e.d.Lettres, nomenclature.Lettre{Date: toujours, Code: "MAR", Nomenclature: droits.Retrocede, Niveau: nomenclature.Complement})
			e.d.Classes = append(e.d.Classes, nomenclature.LigneClasses{Date: toujours, Specialite: "02", Classes: []string{"ANES"}})
			v(&e)
			for _, a := range e.controle(t) {
				assert.Less(t, a.Gravite, simphonie.AVerifier, "%v", a)
			}
		})
	}
}

// What is told does not depend on the order of keying: many visits, each keyed
// in several orders.
func TestControlerSansOrdre(t *testing.T) {
	n := 400
	if os.Getenv("SIMPHONIE_COMPLET") == "1" {
		n = 60_000
	}
	d := donneesFictives()
	// Rows that change on a day make two lines of one day differ.
	for i := range d.Analyses {
		if d.Analyses[i].Code == "1104" {
			suivante := d.Analyses[i]
			d.Analyses[i].Periode.Au = lundi
			suivante.Date = depuis(lundi.AddDays(1).String())
			suivante.Max, suivante.Incompatibles = 1, []string{"0552"}
			d.Analyses = append(d.Analyses, suivante)
		}
	}
	tables, err := nomenclature.New(d)
	require.NoError(t, err)
	jeux := []*nomenclature.Tables{tables, moitieTardive(t, d, 0), moitieTardive(t, d, 1)}
	e := nouvelEssai(ngap("ATU"), nabm("1104"), nabm("0552"), fois(2, le("2026-03-03", nabm("1104"))), le("2026-03-03", nabm("1208")))
	venueDu("2026-03-02", "2026-03-03")(&e)
	o := Options{ConnuAu: jour("2026-11-01"), Tables: tables}
	as, err := Controler(&e.v, &o)
	require.NoError(t, err)
	w := permute(e.v, []int{4, 3, 2, 1, 0})
	bs, err := Controler(&w, &o)
	require.NoError(t, err)
	require.Equal(t, sansChemin(as), sansChemin(bs))
	r := rand.New(rand.NewPCG(1, 2))
	for range n {
		b := make([]byte, 260)
		for i := range b {
			b[i] = byte(r.UintN(256))
		}
		v := venueTiree(&tirage{b}, &d)
		o.Tables = jeux[r.IntN(len(jeux))]
		as, err := Controler(&v, &o)
		require.NoError(t, err)
		for range 3 {
			w := permute(v, r.Perm(len(v.Prestations)))
			bs, err := Controler(&w, &o)
			require.NoError(t, err)
			require.Equal(t, sansChemin(as), sansChemin(bs), "%+v", v.Prestations)
		}
	}
}

// moitieTardive starts every second row of some tables the day after lundi.
func moitieTardive(t *testing.T, d nomenclature.Donnees, reste int) *nomenclature.Tables {
	d.Actes, d.Activites, d.Lettres = slices.Clone(d.Actes), slices.Clone(d.Activites), slices.Clone(d.Lettres)
	d.Listes, d.PlafondsDentaires = slices.Clone(d.Listes), slices.Clone(d.PlafondsDentaires)
	tard := depuis(lundi.AddDays(1).String())
	for i := reste; i < len(d.Actes); i += 2 {
		d.Actes[i].Date = tard
	}
	for i := reste; i < len(d.Activites); i += 2 {
		d.Activites[i].Date = tard
	}
	for i := reste; i < len(d.Lettres); i += 2 {
		d.Lettres[i].Date = tard
	}
	for i := reste; i < len(d.Listes); i += 2 {
		d.Listes[i].Date = tard
	}
	for i := reste; i < len(d.PlafondsDentaires); i += 2 {
		d.PlafondsDentaires[i].Date = tard
	}
	ts, err := nomenclature.New(d)
	require.NoError(t, err)
	return ts
}

// A geste complémentaire is paid whole beside an act, whoever does the others.
func TestProposerComplementaire(t *testing.T) {
	for nom, c := range map[string]struct {
		prestations []Prestation
		cas         CasAssociation
		codes       []string
		motif       MotifAssociation
	}{
		"deux actes, dont lui":       {[]Prestation{ccam("AAAA002"), ccam("AAAC001")}, "", []string{"", ""}, ""},
		"trois actes, dont lui":      {[]Prestation{ccam("AAAC001"), ccam("AAAA002"), ccam("AAAA001")}, "", []string{"1", "2", "1"}, ""},
		"un confrère":                {[]Prestation{ccam("AAAA002"), ccam("AAAC001"), de15(ccam("JLQE002"))}, "", []string{"1", "1", "1"}, ""},
		"membres":                    {[]Prestation{ccam("AAAA002"), ccam("AAAC001"), ccam("AAAA001")}, CasMembresDifferents, []string{"3", "1", "1"}, ""},
		"médecine nucléaire":         {[]Prestation{ccam("AAAA002"), ccam("AAAC001"), ccam("AAAA001")}, CasMedecineNucleaire, []string{"4", "4", "4"}, ""},
		"trop d'actes, sans compter": {[]Prestation{ccam("AAAA002"), ccam("AAAC001"), ccam("AAAA001"), ccam("QZFA036")}, "", []string{"", "", "", ""}, TropDActes},
	} {
		t.Run(nom, func(t *testing.T) {
			e := nouvelEssai(c.prestations...)
			e.controle(t)
			ps, err := ProposerAssociations(&e.v, &e.o, map[Executant]CasAssociation{c.prestations[0].Executant: c.cas})
			require.NoError(t, err)
			for i, p := range ps {
				assert.Equal(t, c.codes[i], p.Propose)
				assert.Equal(t, c.motif, p.ADecider)
			}
		})
	}
}

// A table that starts after the care is not loaded for it: nothing is refused
// on its behalf.
func TestTablesPlusTardives(t *testing.T) {
	e := nouvelEssai(assoc("AAAA001", "1"), assoc("AAAA002", "2"), de15(ngap("CS")), nabm("1104"))
	tard := depuis("2026-03-03")
	for i := range e.d.Actes {
		e.d.Actes[i].Date = tard
	}
	for i := range e.d.Activites {
		e.d.Activites[i].Date = tard
	}
	for i := range e.d.Lettres {
		e.d.Lettres[i].Date = tard
	}
	for i := range e.d.Analyses {
		e.d.Analyses[i].Date = tard
	}
	as := e.controle(t)
	assert.Equal(t, []simphonie.Code{"ACE-C-TABLE"}, distinctsCodes(as))

	// An act without code of grouping is told, not skipped.
	e = nouvelEssai(ccam("AAAA001"))
	for i := range e.d.Activites {
		e.d.Activites[i].Regroupement = ""
	}
	as = e.controle(t)
	require.True(t, contient(as, "ACE-C-TABLE"))
	assert.Contains(t, as[0].Valeurs[0], "regroupement")
}

func distinctsCodes(as simphonie.Anomalies) []simphonie.Code {
	var cs []simphonie.Code
	for _, c := range as.Codes() {
		if len(cs) == 0 || cs[len(cs)-1] != c {
			cs = append(cs, c)
		}
	}
	return cs
}
