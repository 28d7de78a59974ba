package fides_test

import (
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
)

// Each fault of an invoice of external care has its code, and makes no invoice.
func TestAnomaliesExternes(t *testing.T) {
	type F = *facture.Facture
	type D = *fides.Dossier
	detail := func(f F) *facture.DetailActe { return f.Lignes[0].Detail.Acte }
	for _, x := range []struct {
		code   simphonie.Code
		venue  *ace.Venue
		change func(F, D)
	}{
		{"FID-CODE-EXTERNE", venue(ngap("CS", "15")), func(f F, _ D) { f.Lignes[0].Code = "FU2" }},
		{"FID-CODE-EXTERNE", venue(ccam("ZZFA901")), func(f F, _ D) { detail(f).CCAM = nil }},
		{"FID-CODE-EXTERNE", venue(analyse("1901")), func(f F, _ D) { detail(f).Analyses = nil }},
		{"FID-RESERVE-PS", venue(ngap("CS", "15")), func(f F, _ D) { f.Lignes[0].Code = "CSM" }},
		{"FID-CODE", venue(ngap("CS", "15")), func(f F, _ D) { f.Lignes[0].Detail.Acte = nil }}, // nothing says that it is external care
		{"FID-DETAIL", venue(ngap("CS", "15"), forfait("ATU")), func(f F, _ D) { f.Lignes[1].Detail.Acte = nil }},
		{"FID-DETAIL", venue(ccam("ZZFA901")), func(f F, _ D) { detail(f).CCAM.Phase = "12" }},
		{"FID-DETAIL", venue(ccam("ZZFA901")), func(f F, _ D) { detail(f).CCAM.Modificateurs = "ABCDE" }},
		{"FID-DETAIL", venue(ccam("ZZFA901")), func(f F, _ D) { detail(f).CCAM.Dents = make([]string, 17) }},
		{"FID-DETAIL", venue(analyse("1901")), func(f F, _ D) { detail(f).Analyses = make([]facture.DetailAnalyse, 51) }},
		{"FID-DETAIL", venue(ngap("CS", "15")), func(f F, _ D) { detail(f).Denombrement = 100 }},
		{"FID-DETAIL", venue(produit(droits.Retrocede, "PHH", "9999901", "101.235", 1)), func(f F, _ D) { detail(f).Produits = nil }},
		{"FID-TARIF-UCD", venue(forfait("APE"), produit(droits.Pharmacie, "PH8", "9999903", "1205.455", 1)), func(f F, _ D) { f.Lignes[1].Detail.Acte.Produits[0].Tarif = 0 }},
		{"FID-CONDITIONNEL", venue(ccam("ZZFA901")), func(f F, _ D) { detail(f).CCAM.Conditionnel = simphonie.Oui }},
		{"FID-DOMAINE", venue(ngap("CS", "15")), func(_ F, d D) { d.Soin.Domaine = "" }},
		{"FID-MT", avecDroits(venue(produit(droits.LPP, "PII", "1999901", "31.565", 1)), ame), func(F, D) {}},
		{"FID-ACCORD", venue(ngap("CS", "15")), func(f F, _ D) { detail(f).Accord = "4" }},
		{"FID-ACCORD", venue(ngap("CS", "15")), func(f F, d D) { detail(f).Accord = "1" }},
		{"FID-MAJORATION", venue(ngap("CS", "15")), func(f F, _ D) { detail(f).Majoration = "U" }},
		{"FID-MAJORATION", venue(ccam("ZZFA901")), func(f F, _ D) { detail(f).Majoration = "N" }},
		{"FID-SEANCES", venue(ccam("ZZFA901")), func(_ F, d D) { d.Soin.Seances = []simphonie.Jour{jour(jourSoins), jour("2026-05-04")} }},
		{"FID-SEANCES", venue(ccam("ZZFA901")), func(_ F, d D) { d.Soin.Seances = []simphonie.Jour{jour("2026-05-04")} }},
		{"FID-RUPTURE", venue(ngap("CS", "15"), ccam("ZZQP916")), func(f F, _ D) { f.Lignes[1].Execution = jour("2026-05-13") }},
		{"FID-IPS", venue(ngap("CS", "15")), func(f F, _ D) { f.IPS = "Z" }},
		{"FID-IPS", venue(ngap("CS", "15"), forfait("ATU")), func(f F, _ D) { f.IPS = "O" }},
		{"FID-IPS", avecDroits(venue(ngap("CS", "15")), ame), func(f F, _ D) { f.IPS = "T" }},
		{"FID-MEDECIN", venue(ngap("CS", "15")), func(_ F, d D) { d.Medecin = fides.Medecin{} }},
		{"FID-PRESCRIPTEUR", venue(forfait("FEF")), func(_ F, d D) { d.Soin.Prescripteur = nil }},
		{"FID-PRESCRIPTEUR", venue(analyse("1901")), func(_ F, d D) { d.Soin.Prescripteur = nil }},
		{"FID-PRESCRIPTEUR", venue(analyse("1901")), func(_ F, d D) { d.Soin.Prescripteur = &fides.Prescripteur{Condition: fides.Liberal} }},
		{"FID-LIGNE-AME", avecDroits(venue(ngap("CS", "15")), ame), func(f F, _ D) { f.Lignes[0].Exoneration = facture.ExoTraitement }},
		{"FID-CODE-SITUATION", avecDroits(venue(ngap("CS", "15")), ame), func(f F, _ D) {
			detail(f).Nomenclature, f.Lignes[0].Support = droits.CCAM, 0 // a forfait of the C2S
		}},
	} {
		t.Run(string(x.code), func(t *testing.T) {
			f := &tarifeACE(t, x.venue, optionsACE(t))[0]
			d := dossierACE(x.venue, f, 1)
			x.change(&f.Facture, d)
			res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, d)
			require.NoError(t, err)
			assert.Contains(t, gravites(res.Anomalies), x.code)
			assert.Empty(t, res.Factures)
		})
	}
	_, err := fides.New(fides.Interpretations{CoefficientLie: "x", ForfaitC2S: "x", MTComplement: "x", ASPA: "x"})
	for _, c := range []string{"FID-I-COEFFICIENT-LIE", "FID-I-FORFAIT-C2S", "FID-I-MT-COMPLEMENT", "FID-I-ASPA"} {
		assert.ErrorContains(t, err, c)
	}
}

// Days of a series are one invoice; the second SE of the AME keeps its code;
// what a rank of the visit says wins over what is said of all.
func TestExterneAdmis(t *testing.T) {
	v := venue()
	for i := range 3 {
		p := ngap("AMK", "26")
		p.EnSerie, p.Prescription, p.Execution, p.Executant.PasMedecin = true, jour("2026-05-04"), jour(jourSoins).AddDays(i), true
		v.Sortie = p.Execution
		v.Prestations = append(v.Prestations, p)
	}
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	autre := d.Soin
	autre.Prescripteur = &fides.Prescripteur{Condition: fides.Liberal, NumeroAM: "291991107", Origine: "T"}
	d.Soins = map[int]fides.Soin{2: autre}
	m, _ := nommes(prouve(t, convertisseur(t, fides.Interpretations{}), &f.Facture, d))
	assert.Equal(t, "000000000O04 291991107T", m["AMK"][43:53]+m["AMK"][54:56]+" "+m["AMK#2"][43:53])
	assert.Equal(t, "260513", m["AMK#2"][69:75])

	v = avecDroits(venue(ccam("ZZFA915"), forfait("SE1"), forfait("SE2")), ame)
	f = &tarifeACE(t, v, optionsACE(t))[0]
	m, _ = nommes(prouve(t, convertisseur(t, fides.Interpretations{}), &f.Facture, dossierACE(v, f, 1)))
	assert.Equal(t, "30", m["SE2"][63:64]+m["SE1"][63:64])
}

// Nothing that a caller forgets makes the conversion panic.
func TestExterneVide(t *testing.T) {
	for _, v := range []*ace.Venue{venue(ccam("ZZQP916"), ngap("CS", "15"), analyse("1901"), forfait("ATU")), venue(forfait("APE"), produit(droits.LPP, "PII", "1999901", "20.00", 1))} {
		f := &tarifeACE(t, v, optionsACE(t))[0]
		g := f.Facture
		g.Lignes = append([]facture.Ligne(nil), f.Lignes...)
		for i := range g.Lignes {
			g.Lignes[i].Detail.Acte = &facture.DetailActe{}
			g.Lignes[i].Support = 7 - i
		}
		d := &fides.Dossier{Etablissement: fides.Etablissement{Secteur: "ex-dg"}}
		for _, x := range []*facture.Facture{&f.Facture, &g} {
			res, err := convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes}).Convertir(x, d)
			require.NoError(t, err)
			assert.True(t, res.Anomalies.Stoppent())
			assert.Empty(t, res.Factures)
			fides.Controler(x, d, fides.Envoi{Le: jour("2026-06-01")})
		}
	}
	// Supports that turn in a ring are of the invoice that was priced, and told by it.
	v := venue(ngap("CS", "15"), suivi(ngap("MCS", "15"), 1))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	f.Lignes[0].Support, f.Lignes[1].Support = 1, 0
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, dossierACE(v, f, 1))
	require.NoError(t, err)
	assert.False(t, res.Anomalies.Stoppent() && len(res.Factures) > 0)
}

// More than 100 000 records of external care go to a file and back in the memory
// of one invoice.
func TestMemoirePlateExterne(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	v := venue(ccam("ZZFA901"), ngap("CS", "15"), suivi(ngap("MCS", "15"), 2), analyse("1901"), analyse("1902"))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	c := convertisseur(t, fides.Interpretations{})
	const n = 10_000
	r, w := io.Pipe()
	go func() {
		versFichier(t, w, c, []*facture.Facture{&f.Facture}, []*fides.Dossier{d}, n)
		w.Close()
	}()
	l, err := fides.Relire(r, fides.OptionsLecture{Enveloppe: fides.Reference(), Siecle: 2000})
	require.NoError(t, err)
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	avant, lues, records := m.HeapAlloc, 0, 0
	for x, err := range l.Factures() {
		require.NoError(t, err)
		records += 3 + x.Totaux.Enregistrements
		if lues++; lues%2_500 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&m)
			require.Less(t, m.HeapAlloc, avant+8<<20)
		}
	}
	assert.Equal(t, n, lues)
	assert.Greater(t, records, 100_000)
	require.Empty(t, l.Anomalies())
}

// Séries are written by day whatever the order of keying, and cut beyond 999
// records; a surcharge is never parted from its act.
func TestSerieLongue(t *testing.T) {
	v := venue()
	for i := range 300 {
		p := ngap("CS", "15")
		p.EnSerie, p.Prescription, p.Execution = true, jour("2026-05-04"), jour(jourSoins).AddDays(299-i)
		m := suivi(ngap("MCS", "15"), len(v.Prestations)+1)
		m.EnSerie, m.Prescription, m.Execution = true, p.Prescription, p.Execution
		v.Prestations = append(v.Prestations, p, m)
	}
	v.Sortie = jour(jourSoins).AddDays(299)
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	d.NumerosSuite = []b2.NumeroFacture{"260000002"}
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, d)
	require.NoError(t, err)
	require.Len(t, res.Factures, 2, "%v", res.Anomalies)
	assert.Equal(t, 996, res.Factures[0].Totaux.Enregistrements, "249 acts of four records, for 250 would be 1000")
	lues := relit(t, ecrit(t, res.Factures...))
	assert.Equal(t, "CS MCS", lues[1].Lignes[0].Code+" "+lues[1].Lignes[1].Code)
	assert.Equal(t, "O", lues[0].Indicateur)
	dernier := jour(jourSoins)
	for _, x := range lues {
		for _, l := range x.Lignes {
			assert.False(t, l.Jour.Before(dernier))
			dernier = l.Jour
		}
	}
	_, as := fides.Rapprocher(&f.Facture, lues...)
	assert.Empty(t, as)
}

// Invoices of one visit that the pathway or the day parts are not duplicates; a
// second one of the same key is.
func TestDoublonExterne(t *testing.T) {
	v := venue(ngap("CS", "15"))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	r, err := fides.NewRegistre(10, []byte("une clé de seize octets"))
	require.NoError(t, err)
	r.Inscrit(&f.Facture, d)
	d.Numero = "260000002"
	envoi := fides.Envoi{Le: jour("2026-06-01"), Registre: r}
	assert.Contains(t, fides.Controler(&f.Facture, d, envoi).Codes(), simphonie.Code("FID-DOUBLON-VENUE"))
	f.IPS = "S"
	assert.NotContains(t, fides.Controler(&f.Facture, d, envoi).Codes(), simphonie.Code("FID-DOUBLON-VENUE"))
	f.IPS, f.Lignes[0].Execution = "O", jour("2026-05-13")
	assert.NotContains(t, fides.Controler(&f.Facture, d, envoi).Codes(), simphonie.Code("FID-DOUBLON-VENUE"))
}

// A detained person has A beside an ATU; the date of prescription is that which
// made the price.
func TestIndicateurEtPrescription(t *testing.T) {
	v := venue(ngap("CS", "07"), forfait("ATU"))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	f.IPS = "A"
	prouve(t, convertisseur(t, fides.Interpretations{}), &f.Facture, dossierACE(v, f, 1))

	v = venue(forfait("APE"), produit(droits.LPP, "PII", "1999901", "31.565", 1))
	f = &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	autre := *d.Soin.Prescripteur
	autre.Date = jour("2026-05-01")
	d.Soin.Prescripteur = &autre
	m, _ := nommes(prouve(t, convertisseur(t, fides.Interpretations{}), &f.Facture, d))
	assert.Equal(t, "260504 260501", m["PII/S"][53:59]+" "+m["APE/S"][53:59])
}

// Several drugs of one line are shared out together, and their cents with them.
func TestDecoupagePlusieursProduits(t *testing.T) {
	v := avecDroits(venue(produit(droits.Retrocede, "PHH", "9999909", "9000.01", 1), produit(droits.Retrocede, "PHH", "9999908", "7000.05", 1),
		produit(droits.Retrocede, "PHH", "9999907", "0.03", 2)), ame)
	f := &tarifeACE(t, v, optionsACE(t))[0]
	require.Len(t, f.Lignes, 1)
	m, ordre := nommes(prouve(t, convertisseur(t, fides.Interpretations{Decoupage: fides.DecoupageLignes}), &f.Facture, dossierACE(v, f, 1)))
	require.Len(t, ordre, 2)
	for _, nom := range ordre {
		somme := cents(t, m[nom+"/H"], 91, 7) + cents(t, m[nom+"/H2"], 91, 7) + cents(t, m[nom+"/H3"], 91, 7)
		assert.Equal(t, somme, cents(t, m[nom], 91, 7))
		assert.Equal(t, somme, cents(t, m[nom], 123, 6), "the whole is owed by the body of the AME")
	}
	// 16 000.12: 9 000.01 gives 4 500.01 (4 500.005) and 4 500.00, 7 000.05 gives 3 500.03 and 3 500.02
	assert.Equal(t, "0800007 0800005", m["PHH"][90:97]+" "+m["PHH#2"][90:97])
}
