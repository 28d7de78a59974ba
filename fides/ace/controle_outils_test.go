package ace

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides/ace/nomenclature"
	"github.com/simphonie/simphonie/tarif"
)

var (
	jour  = simphonie.MustJour
	lundi = jour("2026-03-02") // no holiday
)

func depuis(du string) nomenclature.Date {
	return nomenclature.Date{Periode: simphonie.Periode{Du: jour(du)}, Reference: "FICTIF", ConnuLe: jour(du)}
}

var toujours = depuis("2000-01-01")

// lettresFictives are one row a code that a test uses; bounds are made up.
func lettresFictives() []nomenclature.Lettre {
	lettre := func(code tarif.Code, n droits.Nomenclature) nomenclature.Lettre {
		return nomenclature.Lettre{Date: toujours, Code: code, Nomenclature: n, Niveau: nomenclature.Support, Nuit: simphonie.Oui, Ferie: simphonie.Oui}
	}
	var ls []nomenclature.Lettre
	for _, c := range []tarif.Code{"CS", "G", "C", "K", "COE", "TCG", "TE2", "PAI", "CCP", "APC"} {
		ls = append(ls, lettre(c, droits.NGAP))
	}
	for _, c := range []tarif.Code{"ATM", "ADI", "ADA", "END", "PAR"} {
		ls = append(ls, lettre(c, droits.CCAM))
	}
	for _, c := range []tarif.Code{"PHH", "PHS", "PHQ", "PHD", "NUT"} {
		ls = append(ls, lettre(c, droits.Retrocede))
	}
	ls = append(ls, lettre("B", droits.NABM), lettre("PH8", droits.Pharmacie), lettre("PME", droits.LPP))
	speciale := func(code tarif.Code, f func(*nomenclature.Lettre)) {
		l := lettre(code, droits.NGAP)
		f(&l)
		ls = append(ls, l)
	}
	speciale("AMI", func(l *nomenclature.Lettre) {
		l.Prescription, l.CoefMin, l.CoefMax = simphonie.Oui, simphonie.Un, 20*simphonie.Un
	})
	speciale("VGP", func(l *nomenclature.Lettre) {
		l.Specialites, l.Qualificatifs, l.Nuit = []string{"01"}, "-G", simphonie.Non
		l.AgeMin, l.AgeMax = simphonie.AgeAns(80), simphonie.AgeAns(90)
	})
	speciale("MM", func(l *nomenclature.Lettre) { l.Nuit = 0 }) // the table does not say
	speciale("CCX", func(l *nomenclature.Lettre) { l.Categorie = reservePS })
	for _, c := range []tarif.Code{"MCG", "MCS", "MCC"} {
		speciale(c, func(l *nomenclature.Lettre) {
			l.Niveau, l.Categorie, l.Supports = nomenclature.Complement, categorieMajoration, []tarif.Code{"CS", "G", "C", "APC"}
		})
	}
	for _, c := range []tarif.Code{"ATU", "FFM", "SE1", "SE2", "SE3", "SE7", "APE", "FSD", "VDE", "FTN", "FEF"} {
		speciale(c, func(l *nomenclature.Lettre) { l.Niveau, l.Categorie = nomenclature.Complement, "forfait" })
	}
	speciale("FDA", func(l *nomenclature.Lettre) { l.Niveau = nomenclature.Complement })
	return ls
}

// actesFictifs: the code says what the act is in the tests.
func actesFictifs() ([]nomenclature.Acte, []nomenclature.Activite) {
	var as []nomenclature.Acte
	var vs []nomenclature.Activite
	acte := func(code, typ string, regroupement tarif.Code, f func(*nomenclature.Acte, *nomenclature.Activite)) {
		a := nomenclature.Acte{Date: toujours, Code: code, Type: typ}
		v := nomenclature.Activite{Date: toujours, Acte: code, Activite: "1", Phase: "0", Regroupement: regroupement, Modificateurs: "FUPSRTMJZE"}
		if f != nil {
			f(&a, &v)
		}
		as, vs = append(as, a), append(vs, v)
	}
	for _, c := range []string{"AAAA001", "AAAA002", "AAAA003", "DEQP003", "BGLB001", "HGQD002", "QZFA036", "JLQE002", "DZQM006", "DKRP004", "NZLB001", "LHRP001"} {
		acte(c, "0", "ATM", nil)
	}
	for _, c := range []string{"LFQK002", "NAQK015", "NBQK001", "HBQK040"} {
		acte(c, "0", "ADI", nil)
	}
	acte("AAAB001", "0", "ATM", func(a *nomenclature.Acte, v *nomenclature.Activite) {
		a.Incompatibles, a.Procedures, a.Natures, a.Forfaits = []string{"AAAA002"}, []string{"AAAP001"}, []string{"10"}, []string{champFSD}
		v.Classes, v.Modificateurs = []string{"DERM"}, "MF"
		v.Planifiees = map[nomenclature.Membre]string{{Acte: "AAAA001", Activite: "1"}: "A"}
	})
	acte("AAAP001", "1", "ATM", nil)
	acte("AAAC001", "2", "ATM", func(_ *nomenclature.Acte, v *nomenclature.Activite) {
		v.Planifiees = map[nomenclature.Membre]string{{Acte: "AAAA001", Activite: "1"}: "A"}
	})
	anesthesie := vs[0]
	anesthesie.Activite, anesthesie.Regroupement = activiteAnesth, regroupAnesth
	vs = append(vs, anesthesie)
	for _, c := range []string{"HBLD364", "HBFD474", "HBLD138"} {
		acte(c, "0", "PAR", func(a *nomenclature.Acte, v *nomenclature.Activite) {
			v.CatMed, v.DentsInterdites = "PD", []string{"48"}
			if c == "HBLD138" {
				a.ForfaitsC2S = []tarif.Code{"FDA"}
				v.DentsMin, v.AgeDentMin, v.AgeDentMax = 2, 13, 60
			}
		})
	}
	return as, vs
}

// donneesFictives are tables in which the visits of the tests are right.
func donneesFictives() nomenclature.Donnees {
	d := nomenclature.Donnees{Lettres: lettresFictives()}
	d.Actes, d.Activites = actesFictifs()
	d.Grilles = []nomenclature.LigneGrille{{Date: toujours, Specialite: nomenclature.Tout, Grille: "16"}}
	for _, m := range []struct {
		lettre  string
		coef    simphonie.Coefficient
		montant simphonie.Montant
	}{{"F", 0, 1906}, {"U", 0, 4000}, {"P", 0, 3500}, {"S", 0, 4500}, {"R", 0, 110}, {"T", 0, 120}, {"M", 0, 2688}, {"J", 10650, 0}, {"Z", 12180, 0}, {"E", 0, 990}} {
		d.Modificateurs = append(d.Modificateurs, nomenclature.Modificateur{Date: toujours, Lettre: m.lettre, Grille: nomenclature.Tout, Coefficient: m.coef, Montant: m.montant})
		for _, autre := range []string{"F", "U", "P", "S", "R", "T", "M", "J", "Z", "E"} {
			if m.lettre < autre && m.lettre+autre != "PT" {
				d.PairesModificateur = append(d.PairesModificateur, nomenclature.LignePaireModificateurs{Date: toujours, A: m.lettre, B: autre, Compatibles: true})
			}
		}
	}
	ancienne := depuis("2005-03-25")
	ancienne.Periode.Au = jour("2005-08-31")
	d.PairesModificateur = append(d.PairesModificateur, nomenclature.LignePaireModificateurs{Date: ancienne, A: "P", B: "T", Compatibles: true},
		nomenclature.LignePaireModificateurs{Date: depuis("2005-09-01"), A: "P", B: "T"})
	d.AgesModificateurs = []nomenclature.LigneAgesModificateur{{Date: toujours, Lettre: "E", Max: simphonie.AgeAns(5)}}
	d.ReglesModificateur = []nomenclature.LigneRegleModificateur{{Date: toujours, Lettre: "M", Unique: true}, {Date: toujours, Lettre: "J", Coherence: true}}
	for _, p := range []struct {
		acte  string
		euros string
	}{{"AAAA001", "100.00"}, {"AAAA002", "50.00"}, {"QZFA036", "28.80"}, {"JLQE002", "49.82"}, {"DZQM006", "96.49"}, {"DKRP004", "76.80"}, {"NZLB001", "30.82"},
		{"LFQK002", "40.60"}, {"NAQK015", "19.95"}, {"NBQK001", "19.95"}, {"LHRP001", "33.50"}} {
		montant, err := simphonie.ParsePrix(p.euros)
		if err != nil {
			panic(err)
		}
		d.PrixCCAM = append(d.PrixCCAM, nomenclature.LignePrixCCAM{Prix: nomenclature.Prix{Date: toujours, Montant: montant}, Acte: p.acte, Activite: "1", Phase: "0", Grille: "16"})
	}
	for code, pourCent := range map[string]simphonie.Coefficient{"1": 100, "2": 50, "3": 75, "4": 100, "5": 100} {
		d.Associations = append(d.Associations, nomenclature.LigneAssociation{Date: toujours, Code: code, Grille: nomenclature.Tout, Coefficient: pourCent * 100})
	}
	d.Classes = []nomenclature.LigneClasses{{Date: toujours, Specialite: "04", Classes: []string{"CHIR"}}, {Date: toujours, Specialite: "15", Classes: []string{"DERM"}}}
	d.LettresCloses = []nomenclature.LigneLettreClose{{Date: toujours, Code: "K", Specialite: "06", Close: true}}
	d.PlafondsDentaires = []nomenclature.PlafondDentaire{
		{Date: toujours, Acte: "HBLD138", Panier: "0", Plafond: 290_00}, {Date: toujours, Acte: "HBLD138", Code: "FDA", Panier: "0", Plafond: 434_00},
		{Date: toujours, Acte: "HBLD364", Panier: "1", Plafond: 100_00}, {Date: toujours, Acte: "HBFD474", Panier: "2", Plafond: 999_00}}
	d.Analyses = []nomenclature.Analyse{
		{Date: toujours, Code: "1104", Coefficient: 25 * simphonie.Un, Max: 2, Incompatibles: []string{"1208"}},
		{Date: toujours, Code: "1208", Coefficient: 25 * simphonie.Un}, {Date: toujours, Code: "0552", Coefficient: 12 * simphonie.Un},
		{Date: toujours, Code: "9908", Coefficient: 8 * simphonie.Un}, {Date: toujours, Code: "9905", Coefficient: 5 * simphonie.Un},
		{Date: toujours, Code: "0388", Coefficient: 30 * simphonie.Un}, {Date: toujours, Code: "9107", Coefficient: 30 * simphonie.Un},
		{Date: toujours, Code: "9001", Coefficient: 30 * simphonie.Un}, {Date: toujours, Code: "9004", Coefficient: 30 * simphonie.Un},
		{Date: toujours, Code: "0322", Coefficient: 30 * simphonie.Un}, {Date: toujours, Code: "0321", Coefficient: 30 * simphonie.Un}}
	d.Parametres = []nomenclature.Parametre{{Date: toujours, Nom: nomenclature.ParamModificateurs, Nombre: 2}}
	for liste, codes := range map[nomenclature.NomListe][]string{
		nomenclature.ListeFFM: {"AAAA001"}, nomenclature.ListeSE1: {"AAAA001"}, nomenclature.ListeSE2: {"AAAA002", "BGLB001"},
		nomenclature.ListeSE3: {"AAAA001"}, nomenclature.ListeSE7: {"AAAA001"}, nomenclature.ListeVDE: {"AAAA003"},
		nomenclature.ListeDemiTarif: {"AAAA003"}, nomenclature.ListePleinTarif: {"DEQP003"}, nomenclature.ListeAPC: {"AAAA002"},
		nomenclature.ListeRetrocedables: {"9000001"}, nomenclature.ListeEnSus: {"9000002"}, nomenclature.ListeTarifOpposable: {"PAR"},
	} {
		for _, c := range codes {
			d.Listes = append(d.Listes, nomenclature.LigneListe{Date: toujours, Liste: liste, Code: c})
		}
	}
	return d
}

// essai is a visit, its tables and options, before a fault is put in.
type essai struct {
	v Venue
	d nomenclature.Donnees
	o Options
}

func ngap(code tarif.Code) Prestation {
	return Prestation{Nomenclature: droits.NGAP, Code: code, Execution: lundi, Executant: Executant{Specialite: "04", PS: "A"}}
}

func ccam(acte string) Prestation {
	return Prestation{Nomenclature: droits.CCAM, Execution: lundi, Executant: Executant{Specialite: "04", PS: "A"},
		CCAM: &ActeCCAM{Acte: acte, Activite: "1", Phase: "0"}}
}

func nabm(code string) Prestation {
	return Prestation{Nomenclature: droits.NABM, Execution: lundi, Prescription: lundi, Executant: Executant{Specialite: "40"}, Analyse: &Analyse{Code: code}}
}

func ucd(n droits.Nomenclature, code tarif.Code, produit string) Prestation {
	return Prestation{Nomenclature: n, Code: code, Execution: lundi, Executant: Executant{Specialite: "50"}, Produit: &Produit{Code: produit}}
}

func (p Prestation) avec(f func(*Prestation)) Prestation {
	if p.CCAM != nil {
		a := *p.CCAM
		p.CCAM = &a
	}
	if p.Produit != nil {
		q := *p.Produit
		p.Produit = &q
	}
	f(&p)
	return p
}

func nouvelEssai(ps ...Prestation) essai {
	return essai{
		v: Venue{Venue: "123456789", Etablissement: Etablissement{FINESS: "750000018", Secteur: tarif.ExDG, Territoire: simphonie.Metropole, EPS: simphonie.Non},
			Entree: lundi, Sortie: lundi, Naissance: simphonie.NaissanceLe(jour("1980-05-17")), Prestations: ps},
		d: donneesFictives(), o: Options{ConnuAu: jour("2026-11-01")}}
}

func (e *essai) controle(t testing.TB) simphonie.Anomalies {
	t.Helper()
	var err error
	e.o.Tables, err = nomenclature.New(e.d)
	require.NoError(t, err)
	as, err := Controler(&e.v, &e.o)
	require.NoError(t, err)
	return as
}

// prixe is a priced invoice, for the controls after pricing.
type prixe struct {
	essai
	f  facture.Facture
	ds []droitsLigne
}

func ligneFictive(code tarif.Code, honoraires, br, mro, mrc simphonie.Montant) facture.Ligne {
	return facture.Ligne{Code: code, Execution: lundi, Reference: lundi, Support: -1, Quantite: 1, Coefficient: simphonie.Un,
		Honoraires: honoraires, BRAMO: br, BRAMC: br, MRO: mro, MRC: mrc, Taux: simphonie.PourCent(70)}
}

func ligneCCAM(acte, specialite string, l facture.Ligne) facture.Ligne {
	l.Detail.Acte = &facture.DetailActe{Nomenclature: droits.CCAM, Specialite: specialite, CCAM: &facture.DetailCCAM{Acte: acte, Activite: "1", Phase: "0"}}
	return l
}

func (p *prixe) controle(t testing.TB) simphonie.Anomalies {
	t.Helper()
	p.essai.controle(t)
	return controleFacture(&p.v, &p.o, &p.f, p.ds)
}

func contient(as simphonie.Anomalies, code simphonie.Code) bool {
	return slices.Contains(as.Codes(), code)
}

// droitsResolus resolves rights that say the C2S or nothing in particular.
func droitsResolus(c2s bool) *droits.Contexte {
	a := droits.Acquisition{Support: droits.SupportCDRi, Organisme: simphonie.Organisme{Regime: "01", Caisse: "751", Centre: "0000"},
		Periodes: []simphonie.Periode{{Du: jour("2020-01-01")}}}
	if c2s {
		a.Situations = []droits.Droit[droits.CodeSituation]{{Code: droits.SituationC2SCaisse, Periodes: []simphonie.Periode{{Du: jour("2020-01-01")}}}}
	}
	r := droits.Resoudre(&a, droits.Prestation{}, lundi, droits.Options{})
	return &r.Contexte
}
