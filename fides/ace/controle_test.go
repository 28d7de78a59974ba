package ace

import (
	"encoding/json"
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

// casControle is one control: a visit that breaks it, and one that nearly does.
type casControle struct {
	code         simphonie.Code
	faute, juste func(*essai)
}

// de replaces the prestations of the visit.
func de(ps ...Prestation) func(*essai) { return func(e *essai) { e.v.Prestations = ps } }

// et chains changes.
func et(fs ...func(*essai)) func(*essai) {
	return func(e *essai) {
		for _, f := range fs {
			f(e)
		}
	}
}

func mods(acte, m string) Prestation {
	return ccam(acte).avec(func(p *Prestation) { p.CCAM.Modificateurs = m })
}

func assoc(acte, code string) Prestation {
	return ccam(acte).avec(func(p *Prestation) { p.CCAM.Association = code })
}

func dents(acte string, ds ...string) Prestation {
	return ccam(acte).avec(func(p *Prestation) { p.CCAM.Dents = ds })
}

func de15(p Prestation) Prestation { p.Executant = Executant{Specialite: "15", PS: "B"}; return p }

func le(j string, p Prestation) Prestation { p.Execution = jour(j); return p }

func a(h Heure, p Prestation) Prestation { p.Heure = h; return p }

func maj(m Majoration, p Prestation) Prestation { p.Majoration = m; return p }

func fois(n int, p Prestation) Prestation { p.Quantite = n; return p }

func sur(support int, p Prestation) Prestation { p.Support = support; return p }

func venueDu(j1, j2 string) func(*essai) {
	return func(e *essai) { e.v.Entree, e.v.Sortie = jour(j1), jour(j2) }
}

func sansListe(l nomenclature.NomListe) func(*essai) {
	return func(e *essai) {
		var ls []nomenclature.LigneListe
		for _, x := range e.d.Listes {
			if x.Liste != l {
				ls = append(ls, x)
			}
		}
		e.d.Listes = ls
	}
}

func sansLettre(code tarif.Code) func(*essai) {
	return func(e *essai) {
		e.d.Lettres = slices.DeleteFunc(e.d.Lettres, func(l nomenclature.Lettre) bool { return l.Code == code })
	}
}

func neLe(j string) func(*essai) {
	return func(e *essai) { e.v.Naissance = simphonie.NaissanceLe(jour(j)) }
}

// demi is an act at half price with a consultation.
func demi(acte string) Prestation {
	return ccam(acte).avec(func(p *Prestation) { p.CCAM.DemiTarif = true })
}

func prescrit(p Prestation) Prestation {
	p.Prescription, p.Prescripteur = lundi, &Prescripteur{Identifiant: "10003000006"}
	return p
}

func essaye(t *testing.T, cas []casControle) {
	for _, c := range cas {
		t.Run(string(c.code), func(t *testing.T) {
			e := nouvelEssai(ngap("CS"))
			c.faute(&e)
			as := e.controle(t)
			assert.True(t, contient(as, c.code), "%v", as)
			for _, a := range as {
				assert.NotContains(t, a.Message, "{", "%v", a)
			}
			e = nouvelEssai(ngap("CS"))
			c.juste(&e)
			as = e.controle(t)
			assert.False(t, contient(as, c.code), "%v", as)
		})
	}
}

// A plain visit has nothing to say.
func TestControlerRien(t *testing.T) {
	e := nouvelEssai(ngap("CS"))
	assert.Empty(t, e.controle(t))
	e = nouvelEssai(assoc("AAAA001", "1"), assoc("AAAA002", "2"), nabm("1104"))
	assert.Empty(t, e.controle(t))
}

func TestControlerEntree(t *testing.T) {
	_, err := Controler(nil, &Options{})
	assert.ErrorContains(t, err, "ACE-C-ENTREE")
	_, err = Controler(&Venue{}, nil)
	assert.ErrorContains(t, err, "ACE-C-ENTREE")
	_, err = Controler(&Venue{}, &Options{ConnuAu: lundi})
	assert.ErrorContains(t, err, "ACE-C-ENTREE")
	_, err = ProposerAssociations(nil, nil, nil)
	assert.ErrorContains(t, err, "ACE-C-ENTREE")
}

func TestControlesPrestation(t *testing.T) { essaye(t, casPrestation) }

var casPrestation = []casControle{
	{"ACE-C-TABLE", et(de(ccam("AAAA001")), func(e *essai) { e.d.Actes, e.d.Activites = nil, nil }), de(ccam("AAAA001"))},
	{"ACE-C-TABLE", et(de(ccam("AAAA001")), sansLettre("ATM")), et(de(ngap("CS")), sansLettre("ATM"))},
	{"ACE-C-TABLE", de(mods("AAAA001", "M"), maj(Nuit, a("21:00", ngap("MM")))), de(mods("AAAA001", "M"), de15(maj(Nuit, a("21:00", ngap("CS")))))},
	{"ACE-C-NAISSANCE-ABSENTE", func(e *essai) { e.v.Naissance = simphonie.DateNaissance{} }, neLe("1980-01-01")},
	{"ACE-C-NAISSANCE", neLe("2026-03-03"), neLe("2026-03-02")},
	{"ACE-C-NAISSANCE-JOUR", neLe("2026-03-02"), neLe("2026-03-01")},
	{"ACE-C-DATES", de(le("2026-03-03", ngap("CS"))), et(venueDu("2026-03-02", "2026-03-03"), de(le("2026-03-03", ngap("CS"))))},
	{"ACE-C-DELAI", func(e *essai) { e.o.Emission = jour("2027-03-02") }, func(e *essai) { e.o.Emission = jour("2027-03-01") }},
	{"ACE-C-CODE", de(ngap("XXX")), de(ngap("G"))},
	{"ACE-C-COEFFICIENT", de(ngap("AMI").avec(func(p *Prestation) { p.Coefficient = 20*simphonie.Un + 1 })),
		de(ngap("AMI").avec(func(p *Prestation) { p.Coefficient = 20 * simphonie.Un }))},
	{"ACE-C-PRESCRIPTION-APRES", de(ngap("CS").avec(func(p *Prestation) { p.Prescription = jour("2026-03-03") })), de(prescrit(ngap("CS")))},
	{"ACE-C-PRESCRIPTION-ABSENTE", de(ngap("AMI")), de(prescrit(ngap("AMI")))},
	{"ACE-C-PRESCRIPTEUR", de(ngap("CS").avec(func(p *Prestation) { p.Prescripteur = &Prescripteur{Identifiant: "10003000007"} })), de(prescrit(ngap("CS")))},
	{"ACE-C-SPECIALITE", de(ngap("VGP")), de(ngap("VGP").avec(func(p *Prestation) { p.Executant.Specialite = "01" }))},
	{"ACE-C-SPECIALITE-CCAM", de(ccam("AAAB001")), de(de15(ccam("AAAB001")))},
	{"ACE-C-SPECIALITE-40", de(ngap("CS").avec(func(p *Prestation) { p.Executant.Specialite = "40" })), de(nabm("1104"))},
	{"ACE-C-LETTRE-FERMEE", de(ngap("K").avec(func(p *Prestation) { p.Executant.Specialite = "06" })), de(ngap("K"))},
	{"ACE-C-AGE", et(de(ngap("VGP")), neLe("1946-03-03")), et(de(ngap("VGP")), neLe("1946-03-02"))},
	{"ACE-C-AGE", et(de(ngap("VGP")), neLe("1936-03-02")), et(de(ngap("VGP")), neLe("1936-03-03"))},
	{"ACE-C-QUALIFICATIF", de(ngap("VGP").avec(func(p *Prestation) { p.Qualificatif = facture.QualifDepassementPermis })),
		de(ngap("VGP").avec(func(p *Prestation) { p.Qualificatif = facture.QualifGratuit }))},
	{"ACE-C-SUPPORT", de(ngap("CS"), sur(3, ngap("MCS"))), de(ngap("CS"), sur(1, ngap("MCS")))},
	{"ACE-C-SUPPORT", de(sur(1, ngap("MCS"))), de(ngap("CS"))},
	{"ACE-C-SUPPORT-ABSENT", de(ngap("CS"), ngap("MCS")), de(ngap("CS"), sur(1, ngap("MCS")))},
	{"ACE-C-SUPPORT-ABSENT", de(ngap("CS"), ngap("MCC")), de(ngap("ATU"), ngap("G"))},
	{"ACE-C-SUPPORT-DATE", et(venueDu("2026-03-02", "2026-03-03"), de(ngap("CS"), le("2026-03-03", sur(1, ngap("MCS"))))), de(ngap("CS"), sur(1, ngap("MCS")))},
	{"ACE-C-SUPPORT-CODE", de(ngap("K"), sur(1, ngap("MCS"))), de(ngap("G"), sur(1, ngap("MCS")))},
	{"ACE-C-FORFAIT-C2S", de(ccam("HBLD364"), sur(1, ngap("FDA"))), de(dents("HBLD138", "11", "12"), sur(1, ngap("FDA")))},
	{"ACE-C-COUPLE-DENTAIRE", et(de(dents("HBLD138", "11", "12"), sur(1, ngap("FDA"))), func(e *essai) { e.d.PlafondsDentaires = e.d.PlafondsDentaires[:1] }),
		de(dents("HBLD138", "11", "12"), sur(1, ngap("FDA")))},
}

func TestControlesCCAM(t *testing.T) { essaye(t, casCCAM) }

var casCCAM = []casControle{
	{"ACE-C-ACTE", de(ccam("ZZZZ001")), de(ccam("AAAA001"))},
	{"ACE-C-ACTIVITE", de(ccam("AAAA002").avec(func(p *Prestation) { p.CCAM.Activite = "4" })), de(ccam("AAAA001").avec(func(p *Prestation) { p.CCAM.Activite = "4" }))},
	{"ACE-C-MODIFICATEUR-NOMBRE", de(mods("AAAA001", "MRTZJ")), de(mods("AAAA001", "MRTZ"))},
	{"ACE-C-MODIFICATEUR", et(de(mods("AAAB001", "M")), func(e *essai) { e.d.Modificateurs = e.d.Modificateurs[:3] }), de(mods("AAAB001", "F"))},
	{"ACE-C-MODIFICATEUR-ACTE", de(mods("AAAB001", "Z")), de(mods("AAAB001", "M"))},
	{"ACE-C-MODIFICATEUR-AGE", et(de(mods("AAAA001", "E")), neLe("2021-03-02")), et(de(mods("AAAA001", "E")), neLe("2021-03-03"))},
	{"ACE-C-MODIFICATEUR-FERIE", de(mods("AAAA001", "F")), et(venueDu("2026-05-08", "2026-05-08"), de(le("2026-05-08", mods("AAAA001", "F"))))},
	{"ACE-C-MODIFICATEUR-NUIT", de(a("19:59", mods("AAAA001", "P"))), de(a("20:00", mods("AAAA001", "P")))},
	{"ACE-C-MODIFICATEUR-PAIRE", de(mods("AAAA001", "PT")), de(mods("AAAA001", "PR"))},
	{"ACE-C-MODIFICATEUR-REPETE", de(mods("AAAA001", "M"), mods("AAAA002", "M")), de(mods("AAAA001", "M"), de15(mods("AAAA002", "M")))},
	{"ACE-C-MODIFICATEUR-PRATICIEN", de(mods("AAAA001", "P"), mods("AAAA002", "S")), de(mods("AAAA001", "P"), de15(mods("AAAA002", "S")))},
	{"ACE-C-MODIFICATEUR-PRATICIEN", de(mods("AAAA001", "P"), mods("AAAA002", "S"), ngap("ATU")),
		et(venueDu("2026-03-07", "2026-03-08"), de(le("2026-03-08", mods("AAAA001", "S")), le("2026-03-08", mods("AAAA002", "F")), le("2026-03-08", ngap("ATU"))))},
	// 100.00 × 0.218 = 21.80 for Z, more than the 1.10 of R; J is 6.50.
	{"ACE-C-MODIFICATEUR-PAYE", de(mods("AAAA001", "RJZ")), de(mods("AAAA001", "ZJR"))},
	{"ACE-C-MODIFICATEUR-ACTIVITES", de(mods("AAAA001", "J"), ccam("AAAA001").avec(func(p *Prestation) { p.CCAM.Activite = "4" })),
		de(mods("AAAA001", "Z"), ccam("AAAA001").avec(func(p *Prestation) { p.CCAM.Activite = "4" }))},
	{"ACE-C-DEMI-TARIF", de(demi("AAAA003")), de(ngap("CS"), demi("AAAA003"))},
	{"ACE-C-DEMI-TARIF", de(ngap("CS"), demi("AAAA003").avec(func(p *Prestation) { p.CCAM.Association = "2" })), de(ngap("CS"), demi("AAAA003"))},
	{"ACE-C-DEMI-TARIF-LISTE", de(ngap("CS"), demi("AAAA001")), de(ngap("CS"), demi("AAAA003"))},
	{"ACE-C-INCOMPATIBLES", de(de15(ccam("AAAB001")), ccam("AAAA002")), de(de15(ccam("AAAB001")), ccam("AAAA001"))},
	{"ACE-C-PROCEDURE", de(de15(ccam("AAAB001")), ccam("AAAP001")), de(ccam("AAAA001"), ccam("AAAP001"))},
	{"ACE-C-COMPLEMENTAIRE", de(ccam("AAAC001")), de(ccam("AAAC001"), ccam("AAAA001"))},
	{"ACE-C-ASSOCIATION-PLANIFIEE", de(assoc("AAAA001", "1"), assoc("AAAC001", "1")), de(ccam("AAAA001"), ccam("AAAC001"))},
	{"ACE-C-ASSOCIATION-PLANIFIEE", de(assoc("AAAA001", "1"), ccam("AAAC001")), de(ccam("AAAC001"), ccam("AAAA001"))},
	{"ACE-C-ASSOCIATION-ABSENTE", de(ccam("AAAA001"), ccam("AAAA002")), de(assoc("AAAA001", "1"), assoc("AAAA002", "2"))},
	{"ACE-C-ASSOCIATION-ABSENTE", de(assoc("AAAA001", "1"), ccam("AAAA002")), de(ccam("AAAA001"), demi("AAAA003"), ngap("CS"))},
	{"ACE-C-ASSOCIATION-SEULE", de(assoc("AAAA001", "1")), de(ccam("AAAA001"))},
	{"ACE-C-ASSOCIATION-VALEUR", de(assoc("AAAA001", "1"), assoc("AAAA002", "7")), de(assoc("AAAA001", "1"), assoc("AAAA002", "3"))},
	{"ACE-C-ASSOCIATION-4", de(assoc("AAAA001", "4"), de15(assoc("AAAA002", "1"))), de(assoc("AAAA001", "4"), de15(assoc("AAAA002", "4")))},
	{"ACE-C-ASSOCIATION-PREMIER", de(assoc("AAAA001", "2"), de15(assoc("AAAA002", "1"))), de(assoc("AAAA001", "1"), assoc("AAAA002", "2"))},
	{"ACE-C-ASSOCIATION-NOMBRE", de(assoc("AAAA001", "1"), assoc("AAAA002", "2"), assoc("AAAA003", "2")),
		de(assoc("AAAA001", "1"), assoc("AAAA002", "2"), de15(assoc("AAAA003", "1")))},
	{"ACE-C-DENT", de(dents("HBLD364", "59")), de(dents("HBLD364", "55"))},
	{"ACE-C-DENT", de(dents("HBLD364", "11", "12", "13", "14", "15", "16", "17", "18", "21", "22", "23", "24", "25", "26", "27", "28", "31")),
		de(dents("HBLD364", "11", "12", "13", "14", "15", "16", "17", "18", "21", "22", "23", "24", "25", "26", "27", "28"))},
	{"ACE-C-DENT-AGE", et(neLe("2013-03-03"), de(dents("HBLD138", "11", "12"))), et(neLe("2013-03-02"), de(dents("HBLD138", "11", "12")))},
	{"ACE-C-DENT-AGE", et(neLe("1966-03-02"), de(dents("HBLD138", "11", "12"))), et(neLe("1966-03-03"), de(dents("HBLD138", "11", "12")))},
	{"ACE-C-DENT-INTERDITE", de(dents("HBLD364", "48")), de(dents("HBLD364", "47"))},
	{"ACE-C-DENT-NOMBRE", de(dents("HBLD138", "11", "11")), de(dents("HBLD138", "01"))},
	{"ACE-C-DENT-PANIER", de(dents("HBLD138", "11", "12"), dents("HBLD364", "12")), de(dents("HBLD138", "11", "12"), dents("HBFD474", "12"), dents("HBLD364", "13"))},
}

func TestControlesMajoration(t *testing.T) { essaye(t, casSurcharges) }

var casSurcharges = []casControle{
	{"ACE-C-HEURE", de(maj(Nuit, ngap("CS"))), de(a("21:00", maj(Nuit, ngap("CS"))))},
	{"ACE-C-HEURE", de(a("21h00", ngap("CS"))), de(maj(Urgence, ngap("CS")))},
	{"ACE-C-MAJORATION", de(a("21:00", maj(Nuit, ngap("VGP")))), de(a("21:00", maj(Nuit, ngap("CS"))))},
	{"ACE-C-MAJORATION-NUIT", de(a("19:59", maj(Nuit, ngap("CS")))), de(a("20:00", maj(Nuit, ngap("CS"))))},
	{"ACE-C-MAJORATION-NUIT", de(a("08:00", maj(Nuit, ngap("CS")))), de(a("07:59", maj(Nuit, ngap("CS"))))},
	{"ACE-C-MAJORATION-FERIE", de(a("10:00", maj(Ferie, ngap("CS")))), et(venueDu("2026-03-01", "2026-03-01"), de(le("2026-03-01", a("08:00", maj(Ferie, ngap("CS"))))))},
	{"ACE-C-MAJORATION-FERIE", et(venueDu("2026-03-01", "2026-03-01"), de(le("2026-03-01", a("20:00", maj(Ferie, ngap("CS")))))),
		et(venueDu("2026-04-06", "2026-04-06"), de(le("2026-04-06", a("19:59", maj(Ferie, ngap("CS"))))))},
	{"ACE-C-MAJORATION-PRATICIEN", de(a("21:00", maj(Nuit, ngap("CS"))), a("22:00", maj(Nuit, ngap("K")))),
		de(a("21:00", maj(Nuit, ngap("CS"))), a("22:00", de15(maj(Nuit, ngap("CS")))))},
	{"ACE-C-MAJORATION-PRATICIEN", nuits(false), nuits(true)},
	{"ACE-C-MAJORATION-PRATICIEN", de(ngap("CS"), sur(1, fois(2, ngap("MCS")))), de(ngap("CS"), sur(1, ngap("MCS")), sur(1, ngap("MCC")))},
}

// A number of the register that was typed in any field of text never comes out.
func TestControlesMasque(t *testing.T) {
	canari := "180057511612345"
	e := nouvelEssai(
		ngap(tarif.Code(canari)).avec(func(p *Prestation) { p.Heure, p.Majoration = Heure(canari), Nuit }),
		ngap("AMI").avec(func(p *Prestation) {
			p.Executant.Specialite, p.Prescripteur = canari, &Prescripteur{Identifiant: canari, Specialite: canari}
		}),
		dents("HBLD364", canari), dents(canari, canari), assoc("AAAA001", canari), mods("AAAA001", canari), nabm(canari),
		ccam("AAAB001").avec(func(p *Prestation) { p.CCAM.Activite, p.CCAM.Phase, p.Executant.Specialite = canari, canari, canari }),
		ucd(droits.Retrocede, "PHH", canari), ucd(droits.Pharmacie, tarif.Code(canari), canari))
	as := e.controle(t)
	require.Greater(t, len(as), 15)
	b, err := json.Marshal(as)
	require.NoError(t, err)
	assert.NotContains(t, string(b), canari)
	assert.Contains(t, string(b), "(illisible)")
}

// nuits is the same surcharge on two days, of a series or not.
func nuits(serie bool) func(*essai) {
	acte := a("21:00", maj(Nuit, prescrit(ngap("AMI"))))
	acte.EnSerie = serie
	return et(venueDu("2026-03-02", "2026-03-03"), de(acte, le("2026-03-03", acte)))
}

// Many lines that break one rule together say so once.
func TestControlesUneFois(t *testing.T) {
	for code, ps := range map[simphonie.Code][]Prestation{
		"ACE-C-UCD-MARGE":         {marge22("9000001"), marge22("9000001"), marge22("9000001")},
		"ACE-C-CUMUL-FORFAITS":    {ngap("ATU"), ngap("FFM"), ngap("ATU"), ngap("G")},
		"ACE-C-NABM-MAX":          {nabm("1104"), nabm("1104"), nabm("1104")},
		"ACE-C-NABM-INCOMPATIBLE": {nabm("1104"), nabm("1208"), nabm("1104")},
		"ACE-C-CUMUL-CCAM-NGAP":   {ccam("AAAA001"), ngap("CS"), ccam("AAAA002"), ngap("K")},
		"ACE-C-TABLE":             {ccam("HBLD364"), ccam("HBLD138")},
	} {
		e := nouvelEssai(ps...)
		if code == "ACE-C-TABLE" {
			e.d.Activites = nil
		}
		n := 0
		for _, a := range e.controle(t) {
			if a.Code == code {
				n++
			}
		}
		assert.Equal(t, 1, n, code)
	}
}

func TestControlesBiologie(t *testing.T) { essaye(t, casBiologie) }

var casBiologie = []casControle{
	{"ACE-C-ANALYSE", de(nabm("9999")), de(nabm("1104"))},
	{"ACE-C-NABM-MAX", de(nabm("1104"), fois(2, nabm("1104"))), de(nabm("1104"), nabm("1104"))},
	{"ACE-C-NABM-INCOMPATIBLE", de(nabm("1208"), nabm("1104")), et(venueDu("2026-03-02", "2026-03-03"), de(nabm("1208"), le("2026-03-03", nabm("1104"))))},
	{"ACE-C-NABM-MINIMUM", de(nabm("0552"), nabm("9905")), de(nabm("0552"), nabm("9908"))},
	{"ACE-C-NABM-SURCOMPLEMENT", de(nabm("0552"), nabm("9905"), nabm("9908")), de(nabm("0552"), nabm("9908"))},
	{"ACE-C-NABM-SOUS-MINIMUM", de(nabm("0552")), de(nabm("1104"))},
	{"ACE-C-NABM-REGLE-3", de(fois(4, nabm("0322"))), de(fois(3, nabm("0322")))},
	{"ACE-C-NABM-REGLE-4", de(fois(3, nabm("0321"))), de(fois(2, nabm("0321")))},
	{"ACE-C-9001", de(a("12:00", nabm("9001"))), de(a("23:00", nabm("9001")))},
	{"ACE-C-9004", de(a("12:00", nabm("9004"))), et(venueDu("2026-03-07", "2026-03-07"), de(le("2026-03-07", a("12:00", nabm("9004")))))},
	{"ACE-C-9004", et(venueDu("2026-03-07", "2026-03-07"), de(le("2026-03-07", a("11:59", nabm("9004"))))), et(venueDu("2026-03-08", "2026-03-08"), de(le("2026-03-08", nabm("9004"))))},
	{"ACE-C-9107", et(de(nabm("9107")), func(e *essai) { e.v.Etablissement.EPS = simphonie.Oui }), de(nabm("9107"))},
	{"ACE-C-9107-STATUT", et(de(nabm("9107")), func(e *essai) { e.v.Etablissement.EPS = 0 }), de(nabm("9107"))},
	{"ACE-C-IST", de(nabm("1104").avec(func(p *Prestation) { p.IST = true })), de(nabm("0388").avec(func(p *Prestation) { p.IST = true }))},
	{"ACE-C-UCD", de(ucd(droits.Retrocede, "PHH", "3400930")), de(ucd(droits.Retrocede, "PHD", "x"))},
	{"ACE-C-UCD-FRACTION", de(ucd(droits.Retrocede, "PHH", "9000001").avec(func(p *Prestation) { p.Produit.Fraction = simphonie.Un + 1 })),
		de(ucd(droits.Retrocede, "PHH", "9000001").avec(func(p *Prestation) { p.Produit.Fraction = 3_300 }))},
	{"ACE-C-UCD-RETROCESSION", de(ucd(droits.Retrocede, "PHH", "9000002")), de(ucd(droits.Retrocede, "PHH", "9000001"))},
	{"ACE-C-UCD-MARGE", de(marge22("9000001"), marge22("9000001")), de(marge22("9000001"), ucd(droits.Retrocede, "PHH", "9000001"))},
	{"ACE-C-UCD-EN-SUS", de(ccam("AAAA001"), ngap("APE"), ucd(droits.Pharmacie, "PH8", "9000001")), de(ccam("AAAA001"), ngap("APE"), ucd(droits.Pharmacie, "PH8", "9000002"))},
}

func marge22(code string) Prestation {
	return ucd(droits.Retrocede, "PHH", code).avec(func(p *Prestation) { p.Produit.Marge = 22_00 })
}

func TestControlesForfait(t *testing.T) { essaye(t, casForfait) }

var casForfait = []casControle{
	{"ACE-C-ATU-SEULE", de(ngap("ATU")), de(ngap("ATU"), ngap("G"))},
	{"ACE-C-ATU-SEULE", et(venueDu("2026-03-03", "2026-03-05"), de(le("2026-03-03", ngap("ATU")), le("2026-03-05", ngap("G")))),
		et(venueDu("2026-03-07", "2026-03-08"), de(le("2026-03-08", ngap("ATU")), le("2026-03-07", ngap("G"))))},
	{"ACE-C-ATU-SEULE", de(ngap("ATU"), sur(1, ngap("MCS"))), de(ngap("ATU"), sur(1, ngap("G")))},
	{"ACE-C-ATU-SEULE", de(ngap("ATU"), ucd(droits.LPP, "PME", "1234567")), de(ngap("ATU"), ngap("FEF"))},
	{"ACE-C-ATU-SEULE", et(venueDu("2026-03-02", "2026-03-04"), de(ngap("ATU"), le("2026-03-04", ngap("G")))),
		et(venueDu("2026-03-02", "2026-03-04"), de(ngap("ATU"), le("2026-03-04", sur(1, ngap("G")))))},
	{"ACE-C-FFM-ACTE", de(ngap("FFM"), ccam("AAAA002")), de(ngap("FFM"), ccam("AAAA001"))},
	{"ACE-C-FFM-ANESTHESIE", de(ngap("FFM"), ccam("AAAA001"), ccam("AAAA001").avec(func(p *Prestation) { p.CCAM.Activite = "4" })), de(ngap("FFM"), ccam("AAAA001"))},
	{"ACE-C-SE-ACTE", de(ngap("SE1"), ccam("AAAA002")), de(ngap("SE1"), ccam("AAAA001"))},
	{"ACE-C-SE-ACTE", de(ngap("SE1").avec(func(p *Prestation) { p.Annexe = 2 }), ccam("AAAA001")), de(ngap("SE1").avec(func(p *Prestation) { p.Annexe = 1 }), ccam("AAAA002"))},
	{"ACE-C-SE-SEUL", de(ngap("SE1")), de(ngap("SE1"), ccam("AAAA001"))},
	{"ACE-C-SE-NOMBRE", de(fois(2, ngap("SE1")), ccam("AAAA001")), de(ngap("SE1"), ngap("SE2"), ccam("AAAA001"), ccam("AAAA002"))},
	{"ACE-C-SE-NOMBRE", de(ngap("SE1"), ngap("SE2"), ngap("SE3"), ccam("AAAA001")), de(ngap("SE1"), ngap("SE3"), ccam("AAAA001"))},
	{"ACE-C-APE-PRODUIT", de(ngap("APE"), ccam("AAAA001")), de(ngap("APE"), ccam("AAAA001"), ucd(droits.LPP, "PME", "1234567"))},
	{"ACE-C-FT-ACTE", de(ngap("FTN"), ccam("AAAA001")), de(ngap("FTN"), ccam("LFQK002"))},
	{"ACE-C-FT-ACTE", de(ngap("FTN"), ngap("CS")), de(ngap("FTN"))},
	{"ACE-C-FSD-ACTE", de(de15(ngap("FSD")), ccam("AAAB001")), de(de15(ngap("FSD")), de15(ccam("AAAB001")))},
	{"ACE-C-FSD-24H", et(venueDu("2026-03-02", "2026-03-03"), de(a("10:00", ngap("FSD")), le("2026-03-03", a("09:59", ngap("FSD"))))),
		et(venueDu("2026-03-02", "2026-03-03"), de(a("10:00", ngap("FSD")), le("2026-03-03", a("10:00", ngap("FSD")))))},
	{"ACE-C-FSD-24H", de(fois(2, ngap("FSD"))), de(ngap("FSD"), de15(ngap("FSD")))},
	{"ACE-C-FSD-24H-HEURE", et(venueDu("2026-03-02", "2026-03-03"), de(ngap("FSD"), le("2026-03-03", ngap("FSD")))),
		et(venueDu("2026-03-02", "2026-03-04"), de(ngap("FSD"), le("2026-03-04", ngap("FSD"))))},
	{"ACE-C-VDE-ACTE", de(ngap("VDE"), ccam("AAAA001")), de(ngap("VDE"), ccam("HGQD002"))},
}

func TestControlesCumul(t *testing.T) { essaye(t, casCumul) }

var casCumul = []casControle{
	{"ACE-C-CUMUL-RETROCESSION", de(ucd(droits.Retrocede, "PHH", "9000001"), ngap("CS")), de(ucd(droits.Retrocede, "PHH", "9000001"), ucd(droits.Retrocede, "PHS", "9000001"))},
	{"ACE-C-CUMUL-CCAM-NGAP", de(ccam("AAAA001"), ngap("CS")), de(ccam("AAAA001"), de15(ngap("CS")))},
	{"ACE-C-CUMUL-CCAM-NGAP", de(ccam("AAAA001"), ngap("CS"), ngap("K")), de(ccam("AAAA001"), ngap("CS"), ngap("ATU"))},
	{"ACE-C-CUMUL-CCAM-NGAP", de(ccam("AAAA001"), ngap("CS")), de(ccam("DEQP003"), ngap("CS"))},
	{"ACE-C-CUMUL-CCAM-NGAP", de(ccam("AAAA001"), ngap("CS")), de(demi("AAAA001"), ngap("CS"))},
	{"ACE-C-CUMUL-COMPLEXES", de(ngap("CCX"), de15(ngap("CCX"))), de(ngap("CCX"), de15(ngap("CS")))},
	{"ACE-C-CUMUL-COORDINATION", de(ngap("APC"), sur(1, ngap("MCS"))), de(ngap("CS"), sur(1, ngap("MCS")), de15(ngap("APC")))},
	{"ACE-C-CUMUL-AVIS", de(ngap("APC"), ccam("AAAA001")), de(ngap("APC"), ccam("AAAA002"))},
	{"ACE-C-CUMUL-AVIS", de(ngap("APC"), ngap("K")), de(ngap("APC"), ngap("K").avec(func(p *Prestation) { p.Seance = 2 }))},
	{"ACE-C-CUMUL-COMPLEXE-FORFAIT", de(ngap("CCX"), ngap("ATU")), et(venueDu("2026-03-02", "2026-03-05"), de(ngap("CCX"), le("2026-03-05", ngap("ATU"))))},
	{"ACE-C-CUMUL-FAUSSE-COUCHE", de(ngap("FEF"), ngap("CS")), de(ngap("FEF"), ngap("ATU"))},
	{"ACE-C-CUMUL-FORFAITS", de(ngap("ATU"), ngap("FFM"), ngap("G")), de(ngap("ATU"), ngap("G"))},
	{"ACE-C-CUMUL-FORFAITS", de(fois(2, ngap("ATU")), ngap("G")), de(fois(1, ngap("ATU")), ngap("G"))},
	{"ACE-C-CUMUL-SE-FORFAIT", de(ngap("ATU"), ngap("SE1"), ccam("AAAA001")), de(ngap("SE1"), ngap("SE2"), ccam("AAAA001"))},
	{"ACE-C-CUMUL-SE-APE", de(ngap("SE1"), ngap("APE"), ccam("BGLB001"), ucd(droits.Pharmacie, "PH8", "9000002")),
		de(ngap("SE2"), ngap("APE"), ccam("BGLB001"), ucd(droits.Pharmacie, "PH8", "9000002"))},
	{"ACE-C-CUMUL-SE7", de(ngap("SE7"), ccam("AAAA001"), ucd(droits.Pharmacie, "PH8", "9000002")), de(ngap("SE7"), ccam("AAAA001"), ucd(droits.LPP, "PME", "1234567"))},
	{"ACE-C-CUMUL-FSD", de(ngap("FSD"), ngap("ATU")), de(ngap("FSD"), ngap("CS"))},
	{"ACE-C-CUMUL-AMI", de(prescrit(ngap("AMI")), ngap("ATU")), de(prescrit(ngap("AMI")), ngap("CS"))},
	{"ACE-C-CUMUL-PAI", de(ngap("PAI"), ngap("ATU")), de(ngap("PAI"), ngap("FFM"))},
	{"ACE-C-CUMUL-OBLIGATOIRE", de(ngap("COE"), ngap("FFM")), de(ngap("COE"), ngap("SE1"))},
	{"ACE-C-CUMUL-COORDINATION-FORFAIT", de(ngap("CS"), sur(1, ngap("MCS")), ngap("ATU")), de(ngap("CS"), sur(1, ngap("MCS")))},
	{"ACE-C-CUMUL-TELE-EXPERTISE", de(ngap("TE2"), de15(ngap("CS"))), de(ngap("TE2"))},
	{"ACE-C-CUMUL-TELECONSULTATION", de(ngap("TCG"), ccam("DEQP003")), de(ngap("TCG"), de15(ccam("AAAA001")))},
	{"ACE-C-CUMUL-LISTE", et(de(ccam("AAAA001"), ngap("CS")), sansListe(nomenclature.ListePleinTarif)), de(ccam("AAAA001"), ngap("CS"))},
}

// Each rule that the package may tell is broken by a case above or below.
func TestControlesTousEprouves(t *testing.T) {
	vus := map[simphonie.Code]bool{}
	for _, cas := range [][]casControle{casPrestation, casCCAM, casSurcharges, casBiologie, casForfait, casCumul} {
		for _, c := range cas {
			vus[c.code] = true
		}
	}
	for _, c := range casFacture {
		vus[c.code] = true
	}
	rs := reglesControle()
	require.Greater(t, len(rs), 90)
	for _, r := range rs {
		assert.True(t, vus[r.Code], "%s has no case", r.Code)
	}
}
