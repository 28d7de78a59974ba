package droits

import (
	"reflect"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// Donnee names a datum of an acquisition, as edits, provenances and anomalies do.
type Donnee string

// Data of an acquisition.
const (
	DonneeAssure         Donnee = "assure.nir"
	DonneeOrganisme      Donnee = "organisme"
	DonneePieceAMO       Donnee = "pieceAMO"
	DonneeCodeGestion    Donnee = "codeGestion"
	DonneePeriodes       Donnee = "periodes"
	DonneeNIR            Donnee = "beneficiaire.nir"
	DonneeCertification  Donnee = "beneficiaire.certification"
	DonneeNom            Donnee = "beneficiaire.nom"
	DonneeNomUsage       Donnee = "beneficiaire.nomUsage"
	DonneePrenom         Donnee = "beneficiaire.prenom"
	DonneeNaissance      Donnee = "beneficiaire.naissance"
	DonneeRang           Donnee = "beneficiaire.rang"
	DonneeQualite        Donnee = "beneficiaire.qualite"
	DonneeAdresse        Donnee = "beneficiaire.adresse"
	DonneeETM            Donnee = "etm"
	DonneeMTM            Donnee = "mtm"
	DonneeContrats       Donnee = "contrats"
	DonneeC2S            Donnee = "c2s"
	DonneeAME            Donnee = "ame"
	DonneeSituations     Donnee = "situations" // others than C2S and AME
	DonneeCHAANN         Donnee = "chaAnn"
	DonneeLibelleExo     Donnee = "libelleExo"
	DonneeGrossesse      Donnee = "grossesse.dates"
	DonneeMaternite      Donnee = "grossesse.organisme" // and its periods
	DonneeATParDefaut    Donnee = "atParDefaut"
	DonneeAT             Donnee = "at"
	DonneeMedecin        Donnee = "medecinTraitant"
	DonneeMedecinPeriode Donnee = "medecinTraitant.periode"
	DonneeMedecinNom     Donnee = "medecinTraitant.nom"
	DonneeMedecinPrenom  Donnee = "medecinTraitant.prenom"
	DonneeMedecinNumero  Donnee = "medecinTraitant.numero"
	DonneeMedecinRPPS    Donnee = "medecinTraitant.rpps"
)

// Capacite is how well a support can give a datum.
type Capacite uint8

const (
	// Jamais: the support cannot give it, its silence says nothing.
	Jamais Capacite = iota
	// Partielle: it may give it, its silence says nothing.
	Partielle
	// Complete: it gives it whenever there is one, its silence means none.
	Complete
)

// Peut says how well a support can give a datum.
func Peut(s Support, d Donnee) Capacite {
	def := definitionDe(d)
	if def == nil || !slices.Contains(supports, s) {
		return Jamais
	}
	return def.peut(s)
}

// Donnees lists the data of an acquisition.
func Donnees() []Donnee {
	ds := make([]Donnee, len(definitions))
	for i := range definitions {
		ds[i] = definitions[i].nom
	}
	return ds
}

// definition is what the package knows of one datum.
type definition struct {
	nom     Donnee
	libelle string // for agents
	// capacites are those of Vitale, CDRi, CDR and what is typed.
	capacites [4]Capacite
	usage     usage
	acces     acces
	// supports lists the only typed supports that give it; none is any.
	supports []Support
	// ordre is the order between supports that a rule writes, before any preference.
	ordre []Support
	// somme says that supports add up instead of excluding each other.
	somme bool
}

// usage is what a change of the datum does to the proof (RG_BS620 to RG_BS622).
type usage uint8

const (
	facturee usage = iota // billed: a change makes another proof
	contexte              // billed; filling it completes the rights: context of the care, criteria of the question
	muette                // not billed, or free: no change of the proof
)

// acces reads and writes one datum of an acquisition.
type acces struct {
	lit     func(*Acquisition) any
	ecrit   func(*Acquisition, any) // never through what another acquisition points to
	compare func(a, b any) relation
}

// relation is how two values of a datum stand to each other.
type relation uint8

const (
	egales relation = iota
	precisee
	periodesAutres
	contraires
)

const (
	nn = Jamais
	pa = Partielle
	co = Complete
)

// definitions is the matrix of what each channel can feed, in the order in
// which data are merged.
var definitions = []definition{
	{nom: DonneeAssure, libelle: "numéro de l'assuré", capacites: [4]Capacite{pa, pa, pa, pa},
		acces: champ(func(a *Acquisition) *simphonie.NIR { return &a.Assure.NIR }, compareNIR)},
	{nom: DonneeOrganisme, libelle: "organisme de maladie", capacites: [4]Capacite{pa, pa, pa, pa},
		acces: champ(func(a *Acquisition) *simphonie.Organisme { return &a.Organisme }, compareOrganisme)},
	{nom: DonneePieceAMO, libelle: "nature de la pièce rendue par CDRi", capacites: [4]Capacite{nn, pa, nn, nn}, usage: muette,
		acces: champ(func(a *Acquisition) *string { return &a.PieceAMO }, nil)},
	{nom: DonneeCodeGestion, libelle: "code gestion", capacites: [4]Capacite{pa, pa, pa, pa},
		acces: champ(func(a *Acquisition) *string { return &a.CodeGestion }, nil)},
	{nom: DonneePeriodes, libelle: "périodes de droits", capacites: [4]Capacite{pa, pa, pa, pa},
		acces: champ(func(a *Acquisition) *[]simphonie.Periode { return &a.Periodes }, comparePeriodes)},
	{nom: DonneeNIR, libelle: "numéro individuel certifié", capacites: [4]Capacite{pa, nn, nn, pa},
		acces: champ(func(a *Acquisition) *simphonie.NIR { return &a.Beneficiaire.NIR }, compareNIR)},
	{nom: DonneeCertification, libelle: "date de certification du numéro", capacites: [4]Capacite{pa, nn, nn, nn}, usage: muette,
		acces: champ(func(a *Acquisition) *simphonie.Jour { return &a.Beneficiaire.Certification }, nil)},
	{nom: DonneeNom, libelle: "nom de famille", capacites: [4]Capacite{pa, pa, pa, pa}, usage: muette,
		acces: champ(func(a *Acquisition) *simphonie.Confidentiel { return &a.Beneficiaire.Nom }, compareTexte)},
	{nom: DonneeNomUsage, libelle: "nom d'usage", capacites: [4]Capacite{pa, pa, pa, pa}, usage: muette,
		acces: champ(func(a *Acquisition) *simphonie.Confidentiel { return &a.Beneficiaire.NomUsage }, compareTexte)},
	{nom: DonneePrenom, libelle: "prénom", capacites: [4]Capacite{pa, pa, pa, pa}, usage: muette,
		acces: champ(func(a *Acquisition) *simphonie.Confidentiel { return &a.Beneficiaire.Prenom }, compareTexte)},
	{nom: DonneeNaissance, libelle: "date de naissance", capacites: [4]Capacite{pa, pa, pa, pa}, usage: contexte,
		acces: champ(func(a *Acquisition) *simphonie.DateNaissance { return &a.Beneficiaire.Naissance }, compareNaissance)},
	{nom: DonneeRang, libelle: "rang de naissance", capacites: [4]Capacite{pa, pa, pa, pa}, usage: contexte,
		acces: champ(func(a *Acquisition) *string { return &a.Beneficiaire.Rang }, nil)},
	{nom: DonneeQualite, libelle: "qualité", capacites: [4]Capacite{pa, pa, pa, pa}, usage: muette,
		acces: champ(func(a *Acquisition) *string { return &a.Beneficiaire.Qualite }, compareQualite)},
	{nom: DonneeAdresse, libelle: "adresse", capacites: [4]Capacite{pa, pa, nn, pa}, usage: muette,
		acces: champ(func(a *Acquisition) *[]simphonie.Confidentiel { return &a.Beneficiaire.Adresse }, nil)},
	{nom: DonneeETM, libelle: "exonérations", capacites: [4]Capacite{pa, co, pa, pa},
		acces: champ(func(a *Acquisition) *[]Droit[CodeETM] { return &a.ETM }, compareDroits[CodeETM])},
	{nom: DonneeMTM, libelle: "modulations", capacites: [4]Capacite{pa, co, pa, pa},
		acces: champ(func(a *Acquisition) *[]Droit[CodeMTM] { return &a.MTM }, compareDroits[CodeMTM])},
	{nom: DonneeContrats, libelle: "contrats particuliers", capacites: [4]Capacite{nn, co, nn, nn},
		acces: champ(func(a *Acquisition) *[]Droit[CodeContrat] { return &a.Contrats }, compareDroits[CodeContrat])},
	{nom: DonneeC2S, libelle: "C2S", capacites: [4]Capacite{pa, co, pa, pa}, acces: accesC2S},
	{nom: DonneeAME, libelle: "AME", capacites: [4]Capacite{nn, co, pa, pa}, acces: accesSituations(estAME)},
	{nom: DonneeSituations, libelle: "situations particulières", capacites: [4]Capacite{nn, pa, pa, pa}, somme: true,
		acces: accesSituations(func(c string) bool { return !estC2S(c) && !estAME(c) })},
	{nom: DonneeCHAANN, libelle: "CHA-ANN", capacites: [4]Capacite{nn, pa, nn, nn},
		acces: champ(func(a *Acquisition) **string { return &a.CHAANN }, nil)},
	{nom: DonneeLibelleExo, libelle: "libellé d'exonération", capacites: [4]Capacite{pa, nn, pa, nn}, usage: muette,
		acces: champ(func(a *Acquisition) *simphonie.Confidentiel { return &a.LibelleExo }, nil)},
	{nom: DonneeGrossesse, libelle: "dates de la grossesse", capacites: [4]Capacite{nn, pa, nn, pa}, usage: contexte, acces: accesGrossesse},
	{nom: DonneeMaternite, libelle: "organisme de maternité", capacites: [4]Capacite{nn, co, nn, nn}, acces: accesMaternite},
	{nom: DonneeATParDefaut, libelle: "organisme AT par défaut", capacites: [4]Capacite{pa, pa, nn, nn}, ordre: []Support{SupportCDRi, SupportVitale},
		acces: champ(func(a *Acquisition) **ATDeclare { return &a.ATParDefaut }, compareATDefaut)},
	{nom: DonneeAT, libelle: "accidents déclarés", capacites: [4]Capacite{pa, pa, nn, pa}, usage: contexte, somme: true,
		supports: []Support{SupportFeuilletAT, SupportSaisie}, ordre: []Support{SupportFeuilletAT, SupportCDRi, SupportSaisie, SupportVitale}, acces: accesAT},
	{nom: DonneeMedecin, libelle: "déclaration de médecin traitant", capacites: [4]Capacite{pa, co, pa, pa}, acces: accesDeclaration},
	{nom: DonneeMedecinPeriode, libelle: "période du médecin traitant", capacites: [4]Capacite{nn, pa, nn, pa},
		acces: medecin(func(m *MedecinTraitant) *simphonie.Periode { return &m.Periode }, nil)},
	{nom: DonneeMedecinNom, libelle: "nom du médecin traitant", capacites: [4]Capacite{nn, pa, pa, pa}, usage: muette,
		acces: medecin(func(m *MedecinTraitant) *simphonie.Confidentiel { return &m.Nom }, compareTexte)},
	{nom: DonneeMedecinPrenom, libelle: "prénom du médecin traitant", capacites: [4]Capacite{nn, pa, pa, pa}, usage: muette,
		acces: medecin(func(m *MedecinTraitant) *simphonie.Confidentiel { return &m.Prenom }, compareTexte)},
	{nom: DonneeMedecinNumero, libelle: "numéro du médecin traitant", capacites: [4]Capacite{nn, pa, pa, pa}, usage: muette,
		acces: medecin(func(m *MedecinTraitant) *string { return &m.Numero }, nil)},
	{nom: DonneeMedecinRPPS, libelle: "RPPS du médecin traitant", capacites: [4]Capacite{nn, nn, nn, pa}, usage: muette,
		acces: medecin(func(m *MedecinTraitant) *simphonie.RPPS { return &m.RPPS }, nil)},
}

func definitionDe(d Donnee) *definition {
	for i := range definitions {
		if definitions[i].nom == d {
			return &definitions[i]
		}
	}
	return nil
}

func (d *definition) peut(s Support) Capacite {
	if len(d.supports) > 0 && s.papier() && !slices.Contains(d.supports, s) {
		return Jamais
	}
	return d.capacites[s.canal()]
}

func (d *definition) relation(a, b any) relation {
	if d.acces.compare != nil {
		return d.acces.compare(a, b)
	}
	if reflect.DeepEqual(a, b) {
		return egales
	}
	return contraires
}

// vide says that the value was not said.
func vide(v any) bool {
	r := reflect.ValueOf(v)
	return !r.IsValid() || r.IsZero() || r.Kind() == reflect.Slice && r.Len() == 0
}

func champ[T any](ou func(*Acquisition) *T, compare func(a, b T) relation) acces {
	return acces{
		lit:     func(a *Acquisition) any { return *ou(a) },
		ecrit:   func(a *Acquisition, v any) { *ou(a) = v.(T) },
		compare: typee(compare),
	}
}

// medecin is champ behind a pointer: writing copies what it points to.
func medecin[T any](ou func(*MedecinTraitant) *T, compare func(a, b T) relation) acces {
	return acces{
		lit: func(a *Acquisition) any {
			if a.MedecinTraitant == nil {
				return *new(T)
			}
			return *ou(a.MedecinTraitant)
		},
		ecrit: func(a *Acquisition, v any) {
			if a.MedecinTraitant == nil && vide(v) {
				return // naming nobody declares nobody
			}
			a.MedecinTraitant = copie(a.MedecinTraitant)
			*ou(a.MedecinTraitant) = v.(T)
		},
		compare: typee(compare),
	}
}

func typee[T any](compare func(a, b T) relation) func(a, b any) relation {
	if compare == nil {
		return nil
	}
	return func(a, b any) relation { return compare(a.(T), b.(T)) }
}

// copie gives a new value that holds what p points to.
func copie[T any](p *T) *T {
	n := new(T)
	if p != nil {
		*n = *p
	}
	return n
}

func si(b bool, r relation) relation {
	if b {
		return r
	}
	return contraires
}

func compareNIR(a, b simphonie.NIR) relation {
	x, y := a.Clair(), b.Clair()
	if x == y {
		return egales
	}
	return si(len(x) == 13 && strings.HasPrefix(y, x) || len(y) == 13 && strings.HasPrefix(x, y), precisee)
}

func compareOrganisme(a, b simphonie.Organisme) relation {
	if a == b {
		return egales
	}
	return si(a.Regime == b.Regime && (a.Caisse == b.Caisse || a.Caisse == "" || b.Caisse == "") &&
		(a.Centre == b.Centre || a.Centre == "" || b.Centre == ""), precisee)
}

func compareNaissance(a, b simphonie.DateNaissance) relation {
	x, y := a.Clair(), b.Clair()
	if x == y {
		return egales
	}
	return si(a.SiecleInconnu() != b.SiecleInconnu() && (strings.HasSuffix(x, y) || strings.HasSuffix(y, x)), precisee)
}

func compareTexte(a, b simphonie.Confidentiel) relation {
	return si(strings.EqualFold(a.Clair(), b.Clair()), egales)
}

// compareQualite never tells apart: supports do not code it alike.
func compareQualite(_, _ string) relation { return egales }

func comparePeriodes(a, b []simphonie.Periode) relation {
	if slices.Equal(triees(a), triees(b)) {
		return egales
	}
	return periodesAutres
}

func triees(ps []simphonie.Periode) []simphonie.Periode {
	return slices.Compact(slices.SortedFunc(slices.Values(ps), func(a, b simphonie.Periode) int {
		return strings.Compare(a.Du.String()+a.Au.String(), b.Du.String()+b.Au.String())
	}))
}

func compareDroits[C ~string](a, b []Droit[C]) relation {
	x, y := parCode(a), parCode(b)
	r := egales
	for c := range x {
		if _, ok := y[c]; !ok {
			return contraires
		}
		r = max(r, comparePeriodes(x[c], y[c]))
	}
	return max(r, si(len(x) == len(y), egales))
}

// parCode gathers the periods of each code, leading zeros apart.
func parCode[C ~string](ds []Droit[C]) map[string][]simphonie.Periode {
	m := map[string][]simphonie.Periode{}
	for _, d := range ds {
		c := sansZeros(string(d.Code))
		m[c] = append(m[c], d.Periodes...)
	}
	return m
}

func compareATDefaut(a, b *ATDeclare) relation {
	var aucune simphonie.Periode
	r := compareOrganisme(a.Organisme, b.Organisme)
	switch {
	case r != egales || a.Periode == b.Periode:
		return r
	case a.Periode == aucune || b.Periode == aucune: // as on a card, which gives none
		return precisee
	}
	return periodesAutres
}
