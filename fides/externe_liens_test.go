package fides_test

import (
	"strings"
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

// lus converts an invoice as it is, maybe changed after pricing.
func lus(t *testing.T, i fides.Interpretations, v *ace.Venue, change func(*facture.Facture, *fides.Dossier)) (map[string]string, string) {
	t.Helper()
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	if change != nil {
		change(&f.Facture, d)
	}
	m, ordre := nommes(prouve(t, convertisseur(t, i), &f.Facture, d))
	return m, strings.Join(ordre, " ")
}

// A technical forfait of type 4 stands before its act, as any forfait (RG_MF602).
func TestForfaitTechniqueDevant(t *testing.T) {
	_, ordre := lus(t, fides.Interpretations{Imagerie: b2.T4}, venue(ngap("CS", "15"), ccam("ZZQH906"), suivi(forfait("FTN"), 2)), nil)
	assert.Equal(t, "FTN ADI CS", ordre, "the threshold of the act comes first with what surrounds it")
	// One that rests on no act is where it was keyed.
	_, ordre = lus(t, fides.Interpretations{Imagerie: b2.T4}, venue(ccam("ZZQH906"), suivi(forfait("FTN"), 1)), func(f *facture.Facture, _ *fides.Dossier) {
		for i := range f.Lignes {
			f.Lignes[i].Support = -1
		}
	})
	assert.Equal(t, "ADI FTN", ordre)
}

// Values of lines that have their own MT beside a forfait of the AME (0339).
func TestMTDuForfaitAME(t *testing.T) {
	m, _ := lus(t, fides.Interpretations{}, avecDroits(venue(forfait("FEF"), forfait("ATU")), ame), nil)
	assert.Equal(t, "07000 10406", m["FEF"][38:43]+" "+m["ATU"][38:43])
	m, _ = lus(t, fides.Interpretations{}, avecDroits(venue(ccam("ZZQH906"), suivi(forfait("FTN"), 1), forfait("ATU")), ame), nil)
	assert.Equal(t, "19035 10406 10406", m["FTN"][38:43]+" "+m["ADI"][38:43]+" "+m["ATU"][38:43])
	m, _ = lus(t, fides.Interpretations{}, avecDroits(venue(forfait("APE"), produit(droits.LPP, "PII", "1999901", "20.00", 1)), ame), nil)
	assert.Equal(t, "19958", m["PII"][38:43])
}

// A régime that pays the participation takes none from its part: the line still
// comes first (RG_MF608, RG_VF683).
func TestParticipationDuRegimeDabord(t *testing.T) {
	m, ordre := lus(t, fides.Interpretations{}, venue(ngap("K", "04"), ccam("ZZFA901")), func(f *facture.Facture, d *fides.Dossier) {
		for i := range f.Lignes {
			l := &f.Lignes[i]
			l.Exoneration = facture.ExoCCAM
			if l.TMF != 0 {
				l.Participation = facture.ParticipationRegime
				l.MRO, l.TMF = l.MRO+l.TMF, 0
			}
		}
		f.Parts = f.Parts[:0]
		for i := range f.Lignes {
			l := &f.Lignes[i]
			l.MRO, l.MRC, l.Taux = l.BRAMO, 0, simphonie.Cent
			l.Honoraires = l.MRO
			f.Parts = append(f.Parts, facture.Part{Ligne: i, Debiteur: simphonie.AMO, Montant: l.MRO, Etat: facture.Theorique})
		}
	})
	assert.Equal(t, "ATM K", ordre)
	assert.Equal(t, "R", m["ATM/S"][127:])
}

// Zones of the 3S and of the 4S that a prestation alone fills.
func TestZonesDuSoin(t *testing.T) {
	m, _ := lus(t, fides.Interpretations{}, venue(ngap("CS", "15"), forfait("ATU")), func(_ *facture.Facture, d *fides.Dossier) {
		d.Soin.Lieu, d.Soin.Connexion, d.Soin.DateAccord = "750712184", "12345", jour("2026-05-01")
	})
	assert.Equal(t, "00000750712184", m["CS/S"][71:85])
	assert.Equal(t, "00000000012345", m["CS/S"][105:119])
	assert.Equal(t, "00000750712184", m["ATU/S"][66:80])
	assert.Equal(t, "2605019", m["ATU/S"][59:66])
}

// ASPA beside a line of an ALD: 9 at the invoice, 4 kept, 0 on the rest. The
// threshold of the NGAP counts as that of the CCAM. The régime local comes first.
func TestASPAMelee(t *testing.T) {
	m, _ := lus(t, fides.Interpretations{}, avecDroits(venue(conforme(ngap("CS", "15")), ccam("ZZQP916")), ald, aspa), nil)
	assert.Equal(t, "9 4 0", m["2"][78:79]+" "+m["CS"][53:54]+" "+m["ATM"][53:54])
	k := ngap("K", "04")
	k.Coefficient = 60 * simphonie.Un
	m, _ = lus(t, fides.Interpretations{}, avecDroits(venue(k), aspa), nil)
	assert.Equal(t, "9 1", m["2"][78:79]+" "+m["K"][53:54])
}

// The details of acts count among the 999 records of an invoice.
func TestSerieDetaillee(t *testing.T) {
	v := venue()
	for i := range 400 {
		p := ccam("ZZQP916")
		p.EnSerie, p.Prescription, p.Execution = true, jour("2026-05-04"), jour(jourSoins).AddDays(i)
		v.Prestations, v.Sortie = append(v.Prestations, p), p.Execution
	}
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	d.NumerosSuite = []b2.NumeroFacture{"260000002"}
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, d)
	require.NoError(t, err)
	require.Len(t, res.Factures, 2, "%v", res.Anomalies)
	assert.Equal(t, 999, res.Factures[0].Totaux.Enregistrements)
}

// A detained person has A or nothing, beside a forfait too (RG_CF640).
func TestIndicateurDetenu(t *testing.T) {
	v := venue(ngap("CS", "07"), forfait("ATU"))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	d := dossierACE(v, f, 1)
	d.Contexte.Situations |= droits.SP17
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, d)
	require.NoError(t, err)
	assert.Contains(t, res.Anomalies.Codes(), simphonie.Code("FID-IPS"))
	f.IPS = "A"
	res, err = convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, d)
	require.NoError(t, err)
	assert.NotContains(t, res.Anomalies.Codes(), simphonie.Code("FID-IPS"))
}

// What no zone shows is told of each debtor up to what he owes: the overrun is
// the patient's, the participation his insurer's.
func TestHorsZonesParDebiteur(t *testing.T) {
	v := avecAMC(venue(ccam("ZZFA901")))
	f := &tarifeACE(t, v, optionsACE(t))[0]
	l := &f.Lignes[0]
	l.Honoraires += 10_00
	l.Qualificatif = facture.QualifDepassementPermis
	patient := facture.Part{Ligne: 0, Debiteur: simphonie.Patient, Montant: 10_00, Etat: facture.Theorique}
	f.Parts = append([]facture.Part{patient}, f.Parts...)
	res, err := convertisseur(t, fides.Interpretations{}).Convertir(&f.Facture, dossierACE(v, f, 1))
	require.NoError(t, err)
	soldes, as := fides.Rapprocher(&f.Facture, relit(t, ecrit(t, res.Factures...))...)
	require.Empty(t, as)
	var vus []fides.Solde
	for _, s := range soldes {
		if s.Debiteur != simphonie.AMO {
			vus = append(vus, s)
		}
	}
	assert.Equal(t, []fides.Solde{{Debiteur: simphonie.Patient, Du: 10_00, HorsZones: 10_00}, {Debiteur: simphonie.AMC("0012345678"), Du: 32_00, HorsZones: 32_00}}, vus)
}

// Were a FFM and a SEx on one invoice of the AME, acts follow the FFM.
func TestFFMAvantSE(t *testing.T) {
	for _, ordre := range [][]ace.Prestation{{forfait("FFM"), forfait("SE1")}, {forfait("SE1"), forfait("FFM")}} {
		m, _ := lus(t, fides.Interpretations{}, avecDroits(venue(append(ordre, ccam("ZZQP916"))...), ame), nil)
		assert.Equal(t, "19137 19137 19958", m["ATM"][38:43]+" "+m["FFM"][38:43]+" "+m["SE1"][38:43])
	}
}
