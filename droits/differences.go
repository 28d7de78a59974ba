package droits

import (
	"cmp"
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// Comparer says what changed between two states of a patient's rights, as at
// admission and at billing, on one day: an anomaly for each datum, naming codes
// and bodies, never a person.
func Comparer(avant, apres *Acquisition, p Prestation, jour simphonie.Jour, o Options) simphonie.Anomalies {
	d := differences{avant: avant, apres: apres}
	if avant == nil || apres == nil {
		return simphonie.Anomalies{regAbsents.Anomalie("droits")}
	}
	x, y := resoudreSur(avant, p, jour, o), resoudreSur(apres, p, jour, o)
	a, b := &x.ctx, &y.ctx

	switch {
	case a.Ouverts && !b.Ouverts:
		d.dit(&regDiffFermes, DonneePeriodes, jour.String())
	case !a.Ouverts && b.Ouverts:
		d.dit(&regDiffOuverts, DonneePeriodes, jour.String())
	}
	d.texte(&regDiffOrganisme, DonneeOrganisme, avant.Organisme.String(), apres.Organisme.String())
	if avant.Organisme == apres.Organisme {
		d.texte(&regDiffOrganisme, DonneeOrganisme, a.Organisme.String(), b.Organisme.String())
	}
	d.texte(&regDiffNature, "nature", a.Nature.String(), b.Nature.String())
	d.codes(DonneeETM, &regDiffETMOuverte, &regDiffETMClose, valables(&x, avant.ETM), valables(&y, apres.ETM))
	d.codes(DonneeMTM, &regDiffMTMOuverte, &regDiffMTMClose, valables(&x, avant.MTM), valables(&y, apres.MTM))
	d.codes(DonneeContrats, &regDiffContratOuvert, &regDiffContratClos, valables(&x, avant.Contrats), valables(&y, apres.Contrats))
	d.codes(DonneeSituations, &regDiffSituationOuverte, &regDiffSituationClose, x.situationsValables(), y.situationsValables())
	if a.C2S() && b.C2S() {
		d.texte(&regDiffOC, DonneeC2S, string(a.OC), string(b.OC))
	}
	d.accidents(x.accidentsValables(), y.accidentsValables())
	if !a.MedecinTraitant.IsZero() && !b.MedecinTraitant.IsZero() {
		d.texte(&regDiffTraitant, DonneeMedecin, a.MedecinTraitant.String(), b.MedecinTraitant.String())
	}
	for _, n := range []Donnee{DonneeAssure, DonneeNIR, DonneeNaissance, DonneeRang, DonneeCodeGestion, DonneePieceAMO, DonneeLibelleExo, DonneeMedecinNom,
		DonneeMedecinPrenom, DonneeMedecinNumero, DonneeMedecinRPPS, DonneeMaternite, DonneeGrossesse, DonneeATParDefaut} {
		d.valeur(definitionDe(n), avant, apres)
	}
	// Two supports do not code the quality alike, one does.
	if x, y := avant.Beneficiaire.Qualite, apres.Beneficiaire.Qualite; x != "" && y != "" && x != y && avant.De(DonneeQualite).Support == apres.De(DonneeQualite).Support {
		d.dit(&regDiffDonnee, DonneeQualite, definitionDe(DonneeQualite).libelle)
	}
	return d.anomalies
}

type differences struct {
	avant, apres *Acquisition
	anomalies    simphonie.Anomalies
}

func (d *differences) dit(r *simphonie.Regle, n Donnee, valeurs ...string) {
	d.anomalies = append(d.anomalies, r.Anomalie("droits."+string(n), valeurs...))
}

func (d *differences) texte(r *simphonie.Regle, n Donnee, avant, apres string) {
	if avant != apres {
		d.dit(r, n, lisible(avant, valeurMax), lisible(apres, valeurMax))
	}
}

// codes says what appeared and what is gone; what the later support cannot say
// is not gone.
func (d *differences) codes(n Donnee, ouvre, clot *simphonie.Regle, avant, apres []string) {
	for _, c := range apres {
		if !slices.Contains(avant, c) {
			d.dit(ouvre, n, lisible(c, codeMax))
		}
	}
	for _, c := range avant {
		if !slices.Contains(apres, c) && !d.silence(donneeDe(n, c)) {
			d.dit(clot, n, lisible(c, codeMax))
		}
	}
}

// accidents says that one appeared or is gone, without its number.
func (d *differences) accidents(avant, apres []string) {
	autre := func(xs []string) func(string) bool {
		return func(x string) bool { return !slices.Contains(xs, x) }
	}
	if slices.ContainsFunc(apres, autre(avant)) {
		d.dit(&regDiffATOuvert, DonneeAT)
	}
	if slices.ContainsFunc(avant, autre(apres)) && !d.silence(DonneeAT) {
		d.dit(&regDiffATClos, DonneeAT)
	}
}

// donneeDe tells the C2S and the AME from the other situations.
func donneeDe(n Donnee, code string) Donnee {
	switch {
	case n == DonneeSituations && code == SP03.String():
		return DonneeC2S
	case n == DonneeSituations && code == SP06.String():
		return DonneeAME
	}
	return n
}

// silence says that the later state cannot say that a right is gone. Marks of
// situations differ from one channel to another.
func (d *differences) silence(n Donnee) bool {
	if n == DonneeSituations {
		return d.avant.Support.canal() != d.apres.Support.canal()
	}
	return d.apres.tait(n)
}

// tait says that the acquisition says nothing of a datum: its silence is not "none".
func (a *Acquisition) tait(n Donnee) bool {
	def, p := definitionDe(n), a.De(n)
	return vide(def.acces.lit(a)) && p.Par == "" && (def.peut(p.Support) != Complete || slices.Contains(a.Muettes, n))
}

// valeur compares what is personal or has no code: the datum is named, its
// values are not.
func (d *differences) valeur(def *definition, avant, apres *Acquisition) {
	x, y := def.acces.lit(avant), def.acces.lit(apres)
	switch {
	case vide(x) && vide(y), avant.tait(def.nom), apres.tait(def.nom):
	case vide(x) != vide(y) || def.relation(x, y) == contraires:
		d.dit(&regDiffDonnee, def.nom, def.libelle)
	}
}

// resoudreSur resolves and keeps what resolving looked at.
func resoudreSur(a *Acquisition, p Prestation, jour simphonie.Jour, o Options) resolution {
	o.Tracer = false
	return resolution{a: a, p: p, o: o, ctx: Resoudre(a, p, jour, o).Contexte}
}

// valables lists the codes that hold on the day, sorted, leading zeros apart.
func valables[C ~string](r *resolution, ds []Droit[C]) []string {
	var cs []string
	for i := range ds {
		if r.valides(ds[i].Periodes) {
			cs = append(cs, sansZeros(string(ds[i].Code)))
		}
	}
	slices.Sort(cs)
	return slices.Compact(cs)
}

// situationsValables are those that rules number, and the unknown codes.
func (r *resolution) situationsValables() []string {
	cs := r.ctx.Situations.Codes()
	for _, c := range valables(r, r.a.Situations) {
		if !CodeSituation(c).Known() {
			cs = append(cs, c)
		}
	}
	for _, c := range valables(r, r.a.Particulieres) {
		if _, ok := ParseSP(c); !ok {
			cs = append(cs, c)
		}
	}
	return cs
}

// accidentsValables names the accidents by their number, or their date.
func (r *resolution) accidentsValables() []string {
	var cs []string
	for _, rangs := range accidents(r.a.AT) {
		if at := r.accident(rangs); at != nil {
			cs = append(cs, cmp.Or(at.Identifiant, at.Periode.Du.String()))
		}
	}
	slices.SortFunc(cs, strings.Compare)
	return slices.Compact(cs)
}

var (
	regDiffFermes = regle("DROITS-DIFF-FERMES", "RG_CF611", simphonie.AVerifier,
		"Les droits, ouverts à la première lecture, ne le sont plus au {0}.")
	regDiffOuverts = regle("DROITS-DIFF-OUVERTS", "RG_CF611", simphonie.Alerte,
		"Les droits, fermés à la première lecture, sont ouverts au {0}.")
	regDiffOrganisme = regle("DROITS-DIFF-ORGANISME", "RG_CF692", simphonie.Alerte,
		"L'organisme a changé : {0} devient {1}.")
	regDiffNature = regle("DROITS-DIFF-NATURE", "RG_CF653", simphonie.Alerte,
		"La nature d'assurance a changé : {0} devient {1}.")
	regDiffETMOuverte = regle("DROITS-DIFF-ETM-OUVERTE", "RG_CF613", simphonie.Alerte,
		"Exonération de code {0} apparue.")
	regDiffETMClose = regle("DROITS-DIFF-ETM-CLOSE", "RG_CF613", simphonie.Alerte,
		"Exonération de code {0} disparue.")
	regDiffMTMOuverte = regle("DROITS-DIFF-MTM-OUVERTE", "RG_CF613", simphonie.Alerte,
		"Modulation de code {0} apparue.")
	regDiffMTMClose = regle("DROITS-DIFF-MTM-CLOSE", "RG_CF613", simphonie.Alerte,
		"Modulation de code {0} disparue.")
	regDiffContratOuvert = regle("DROITS-DIFF-CONTRAT-OUVERT", "RG_CF615", simphonie.Alerte,
		"Contrat particulier {0} apparu.")
	regDiffContratClos = regle("DROITS-DIFF-CONTRAT-CLOS", "RG_CF615", simphonie.Alerte,
		"Contrat particulier {0} disparu.")
	regDiffSituationOuverte = regle("DROITS-DIFF-SITUATION-OUVERTE", "RG_CF612", simphonie.Alerte,
		"Situation particulière {0} apparue.")
	regDiffSituationClose = regle("DROITS-DIFF-SITUATION-CLOSE", "RG_CF612", simphonie.Alerte,
		"Situation particulière {0} disparue.")
	regDiffOC = regle("DROITS-DIFF-OC", "RG_BS720", simphonie.Alerte,
		"L'organisme de la C2S a changé : {0} devient {1}.")
	regDiffATOuvert = regle("DROITS-DIFF-AT-OUVERT", "RG_CF653", simphonie.Alerte,
		"Un accident du travail est apparu.")
	regDiffATClos = regle("DROITS-DIFF-AT-CLOS", "RG_CF653", simphonie.Alerte,
		"Un accident du travail a disparu.")
	regDiffTraitant = regle("DROITS-DIFF-MEDECIN-TRAITANT", "RG_CF614", simphonie.Alerte,
		"Médecin traitant déclaré : « {0} » devient « {1} ».")
	regDiffDonnee = regle("DROITS-DIFF-DONNEE", "RG_BS620 à RG_BS622", simphonie.Alerte,
		"« {0} » a changé.")
)
