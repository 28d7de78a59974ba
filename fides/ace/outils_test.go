package ace_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

var jour = simphonie.MustJour

const (
	soins   = "2026-05-12" // a Tuesday
	connuAu = "2026-11-01"
)

func depuis(du string) nomenclature.Date {
	return nomenclature.Date{Periode: simphonie.Periode{Du: jour(du)}, Reference: "FICTIF", ConnuLe: jour(du)}
}

func euros(t testing.TB, s string) simphonie.Montant {
	t.Helper()
	m, err := simphonie.ParseMontant(s)
	require.NoError(t, err)
	return m
}

func prixDe(t testing.TB, s string) nomenclature.Prix {
	t.Helper()
	p, err := simphonie.ParsePrix(s)
	require.NoError(t, err)
	return nomenclature.Prix{Date: depuis("2022-01-01"), Montant: p}
}

func coef(t testing.TB, s string) simphonie.Coefficient {
	t.Helper()
	c, err := simphonie.ParseCoefficient(s)
	require.NoError(t, err)
	return c
}

// donnees are fictitious rows: no price is that of a text, all are distinct.
func donnees(t testing.TB) nomenclature.Donnees {
	d := nomenclature.Donnees{}
	d2 := depuis("2022-01-01")
	for code, p := range map[tarif.Code]string{"CS": "26.50", "C": "25.30", "K": "1.92", "KC": "2.09", "AMI": "3.15", "MCS": "5.11", "APC": "60.07",
		"FSD": "40.00", "VDE": "454.54", "ATU": "25.28", "FFM": "19.19", "SE1": "76.00", "SE2": "60.00", "SE3": "47.47", "APE": "38.38",
		"FTN": "80.00", "FTR": "91.91", "FEF": "33.33", "FFE": "44.44", "B": "0.25", "KB": "1.93", "CCP": "46.06", "COB": "47.07", "TE2": "21.12"} {
		d.Prix = append(d.Prix, nomenclature.LignePrix{Prix: prixDe(t, p), Code: code, Specialite: "*", Secteur: "*", Zone: "*"})
		l := nomenclature.Lettre{Date: d2, Code: code, Nomenclature: droits.NGAP, Niveau: nomenclature.Support}
		switch code {
		case "MCS":
			l.Niveau, l.Categorie = nomenclature.Complement, "majoration"
		case "AMI":
			l.Auxiliaire = true
		case "TE2":
			l.Categorie = "teleexpertise"
		}
		d.Lettres = append(d.Lettres, l)
	}
	for code, p := range map[tarif.Code]string{"ATU": "27.77", "SE1": "88.88", "SE2": "66.66"} {
		d.Prix = append(d.Prix, nomenclature.LignePrix{Prix: prixDe(t, p), Code: code, Specialite: "*", Secteur: "*", Zone: "*", Public: nomenclature.AMERSS})
	}
	d.Grilles = append(d.Grilles, nomenclature.LigneGrille{Date: d2, Specialite: "*", Grille: "16"})
	d.ModesMajoration = []nomenclature.LigneModeMajoration{{Date: d2, Majoration: "N", Code: "*", Mode: nomenclature.MajorationPourcentage},
		{Date: d2, Majoration: "F", Code: "*", Mode: nomenclature.MajorationPourcentage}, {Date: d2, Majoration: "U", Code: "*", Mode: nomenclature.MajorationMontant}}
	d.Majorations = []nomenclature.LigneMajoration{{Date: d2, Majoration: "N", Code: "*", Specialite: "*", Zone: "*", Montant: 25_15},
		{Date: d2, Majoration: "F", Code: "*", Specialite: "*", Zone: "*", Montant: 19_06}, {Date: d2, Majoration: "U", Code: "*", Specialite: "*", Zone: "*", Montant: 22_60}}
	d.Modificateurs = []nomenclature.Modificateur{{Date: d2, Lettre: "K", Grille: "*", Coefficient: 12_550}, {Date: d2, Lettre: "J", Grille: "*", Coefficient: 10_650},
		{Date: d2, Lettre: "U", Grille: "*", Montant: 20_50}, {Date: d2, Lettre: "P", Grille: "*", Montant: 35_35}}
	d.Associations = []nomenclature.LigneAssociation{{Date: d2, Code: "3", Grille: "*", Coefficient: 9_550}}
	d.ReglesAssociation = []nomenclature.LigneRegleAssociation{{Date: d2, Regle: "R1", Grille: "*", Coefficient: 8_000}}
	d.Parametres = []nomenclature.Parametre{{Date: depuis("2022-01-01"), Nom: nomenclature.ParamTMF, Montant: 24_00},
		{Date: depuis("2026-04-01"), Nom: nomenclature.ParamTMF, Montant: 32_00}, {Date: d2, Nom: nomenclature.ParamModificateurs, Nombre: 2}}
	d.Listes = []nomenclature.LigneListe{{Date: d2, Liste: nomenclature.ListePayeursTMF, Code: "06"}, {Date: d2, Liste: nomenclature.ListeCTOM, Code: "reunion"}}
	for i, c := range []string{"0322", "1104", "0593", "0552", "0027", "0028", "0388"} {
		d.Analyses = append(d.Analyses, nomenclature.Analyse{Date: d2, Code: c, Coefficient: simphonie.Coefficient(10+i) * simphonie.Un})
	}
	d.Produits = []nomenclature.LigneProduit{{Prix: prixDe(t, "100.00"), Code: "9000001"}, {Prix: prixDe(t, "50.05"), Code: "1234567"}}
	for _, a := range []struct {
		code, exo string
		groupe    tarif.Code
		cat       string
		prix      string
	}{
		{"AAAA001", "1", "ATM", "TE", "125.40"}, {"AAAA002", "2", "ATM", "TE", "120.00"}, {"AAAA003", "", "ATM", "TE", "35.35"}, {"AAAA004", "3", "ATM", "TE", "61.61"},
		{"AAAA005", "1", "ADI", "TE", "130.00"}, {"AAAA006", "1", "ATM", "TE", "40.00"}, {"AAAA007", "1", "ADA", "TE", "130.10"}, {"AAAA008", "7", "ATM", "TE", "52.52"},
		{"AAAA009", "2", "ADI", "TE", "131.00"}, {"AAAA010", "1", "ATM", "TE", "100.30"}, {"HBLD138", "", "PAR", "PD", "139.75"}, {"HBBD001", "2", "SDE", "AD", "28.92"},
	} {
		l := nomenclature.Acte{Date: d2, Code: a.code, Type: "0"}
		if a.exo != "" {
			l.ExoTM = []string{a.exo}
		}
		if a.code == "HBLD138" {
			l.ForfaitsC2S = []tarif.Code{"FDA"}
		}
		d.Actes = append(d.Actes, l)
		v := nomenclature.Activite{Date: d2, Acte: a.code, Activite: "1", Phase: "0", Regroupement: a.groupe, CatMed: a.cat, Modificateurs: "JKPU",
			DOM: map[tarif.Zone]simphonie.Coefficient{"reunion": 10_500}}
		if a.code == "AAAA003" {
			v.Planifiees = map[nomenclature.Membre]string{{Acte: "AAAA004", Activite: "1"}: "R1"}
		}
		d.Activites = append(d.Activites, v)
		d.PrixCCAM = append(d.PrixCCAM, nomenclature.LignePrixCCAM{Prix: prixDe(t, a.prix), Acte: a.code, Activite: "1", Phase: "0", Grille: "16"})
	}
	d.ForfaitsC2S = []nomenclature.LigneForfaitC2S{{Prix: prixDe(t, "294.25"), Acte: "*", Code: "FDA"}}
	return d
}

const taux = `prestation;specialite;colonne;taux;du;au;reference
APC;*;general;70;2020-01-01;;FICTIF
CS;*;general;70;2020-01-01;;FICTIF
C;*;general;70;2020-01-01;;FICTIF
K;*;general;70;2020-01-01;;FICTIF
KC;*;general;70;2020-01-01;;FICTIF
MCS;*;general;70;2020-01-01;;FICTIF
FSD;*;general;70;2020-01-01;;FICTIF
ATM;*;general;70;2020-01-01;;FICTIF
ADI;*;general;70;2020-01-01;;FICTIF
ADA;*;general;70;2020-01-01;;FICTIF
ADC;*;general;70;2020-01-01;;FICTIF
SDE;*;general;70;2020-01-01;;FICTIF
PAR;*;general;70;2020-01-01;;FICTIF
PFC;*;general;70;2020-01-01;;FICTIF
B;*;general;60;2020-01-01;;FICTIF
AMI;*;general;60;2020-01-01;;FICTIF
LPP;*;general;60;2020-01-01;;FICTIF
DVO;*;general;60;2020-01-01;;FICTIF
PHQ;*;general;30;2020-01-01;;FICTIF
PHS;*;general;65;2020-01-01;;FICTIF
PH8;*;general;65;2020-01-01;;FICTIF
ATU;*;general;80;2020-01-01;;FICTIF
FFM;*;general;80;2020-01-01;;FICTIF
SE1;*;general;80;2020-01-01;;FICTIF
SE2;*;general;80;2020-01-01;;FICTIF
SE3;*;general;80;2020-01-01;;FICTIF
APE;*;general;80;2020-01-01;;FICTIF
CS;*;crpcen;85;2020-01-01;;FICTIF
`

const tablesDroits = `table;code;du;au;reference
15.3;FTN;2020-01-01;;FICTIF
15.3;FTR;2020-01-01;;FICTIF
15.3;FEF;2020-01-01;;FICTIF
15.5;ZZ;2020-01-01;;FICTIF
16.1;15;2020-01-01;;FICTIF
104;K;2020-01-01;;FICTIF
`

func options(t testing.TB) *ace.Options {
	t.Helper()
	ts, err := nomenclature.New(donnees(t))
	require.NoError(t, err)
	b, err := droits.LoadTauxBase(strings.NewReader(taux))
	require.NoError(t, err)
	td, err := droits.LoadTables(strings.NewReader(tablesDroits))
	require.NoError(t, err)
	return &ace.Options{ConnuAu: jour(connuAu), Tables: ts, Baremes: droits.Baremes{Base: b, Tables: td}, Expliquer: true, SansControles: true,
		PUContientCoefficients: simphonie.Non,
		Coefficients:           []ace.CoefficientsDates{{Periode: simphonie.Periode{Du: jour("2022-01-01")}, Reference: "FICTIF"}}}
}

// venue is an insured adult of the general scheme, in the care pathway.
func venue(t testing.TB, ps ...ace.Prestation) *ace.Venue {
	t.Helper()
	n, err := simphonie.ParseDateNaissance("1980-06-15")
	require.NoError(t, err)
	return &ace.Venue{Venue: "900000002", Entree: jour(soins), Sortie: jour(soins), Naissance: n,
		Etablissement: ace.Etablissement{FINESS: "750712184", Secteur: tarif.ExDG, Territoire: simphonie.Metropole, EPS: simphonie.Oui},
		Droits: &droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
			Periodes:        []simphonie.Periode{{Du: jour("2015-01-01")}},
			MedecinTraitant: &droits.MedecinTraitant{Declare: simphonie.Oui}},
		Prestations: ps}
}

func ngap(code tarif.Code, specialite string) ace.Prestation {
	return ace.Prestation{Nomenclature: droits.NGAP, Code: code, Execution: jour(soins), Executant: ace.Executant{Specialite: specialite}, Parcours: droits.OrienteTraitant,
		Orienteur: droits.Orienteur{Nom: simphonie.NewConfidentiel("MARTIN"), Prenom: simphonie.NewConfidentiel("ANNE")}}
}

func ccam(acte, specialite string) ace.Prestation {
	p := ngap("", specialite)
	p.Nomenclature, p.CCAM = droits.CCAM, &ace.ActeCCAM{Acte: acte, Activite: "1", Phase: "0"}
	return p
}

func forfait(code tarif.Code) ace.Prestation {
	return ace.Prestation{Code: code, Execution: jour(soins)}
}

func compute(t testing.TB, v *ace.Venue, o *ace.Options) ace.Resultat {
	t.Helper()
	r, err := ace.Compute(v, o)
	require.NoError(t, err)
	for i := range r.Factures {
		f := &r.Factures[i]
		require.Empty(t, f.Verify())
		if f.Explication != nil {
			require.NoError(t, f.Explication.Prouve(&f.Facture), "%s", f.Explication)
		}
	}
	return r
}

// une gives the one invoice of a result.
func une(t testing.TB, r ace.Resultat) *ace.Facture {
	t.Helper()
	require.Equal(t, ace.Facturable, r.Issue, "%v", r.Anomalies)
	require.Len(t, r.Factures, 1)
	return &r.Factures[0]
}

func ligne(t testing.TB, f *ace.Facture, c tarif.Code) *facture.Ligne {
	t.Helper()
	for i := range f.Lignes {
		if f.Lignes[i].Code == c {
			return &f.Lignes[i]
		}
	}
	require.Fail(t, "no line", "%s", c)
	return nil
}

func sprint(cs []tarif.Code) string {
	var ss []string
	for _, c := range cs {
		ss = append(ss, string(c))
	}
	return strings.Join(ss, " ")
}
