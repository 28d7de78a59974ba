package droits

import (
	"slices"
	"strings"

	"github.com/simphonie/simphonie"
)

// Position is how the patient came to the doctor, as the agent says it (RG_CF640).
type Position string

// Positions in the care pathway.
const (
	ActeD162          Position = "acte-d162-1-6"    // act of art. D. 162-1-6 CSS
	EnUrgence         Position = "urgence"          // ATU, FFM, SEx, APE and linked acts, or an act in emergency
	ParTraitant       Position = "medecin-traitant" // the doctor is the declared one
	NouveauTraitant   Position = "nouveau-medecin-traitant"
	TraitantRemplace  Position = "remplace"
	HorsResidence     Position = "hors-residence"
	AccesDirect       Position = "acces-direct" // specialty in direct access
	OrienteTraitant   Position = "oriente-medecin-traitant"
	OrienteAutre      Position = "oriente-autre-medecin"
	HorsParcoursChoix Position = "non-respect"
)

// ActeParcours is what the pathway looks at in one line.
type ActeParcours struct {
	Position Position
	Code     string // looked up in table 15.3; FUx and supplements are out
	// Forfait is the ATU, FFM, SEx or APE that the line is linked to on its day:
	// both have U, whatever the position (RG_CF640).
	Forfait string
	// CategorieCCAM is looked up in table 15.5.
	CategorieCCAM string
	Specialite    string // looked up in table 16.1
	// PasMedecin says that no doctor executes: auxiliary, pharmacist,
	// laboratory, dentist, midwife.
	PasMedecin     bool
	Retrocession   bool
	Teleconsult    bool // téléconsultation
	TraitantAbsent bool // téléconsultation: no doctor designated or available
	// Orienteur is the doctor who sent the patient.
	Orienteur       Orienteur
	Naissance       simphonie.DateNaissance
	Tables          *Tables
	Interpretations Interpretations
	// SansTrace leaves the trace out, for speed.
	SansTrace bool
}

// Orienteur is the doctor who sent the patient (CF03).
type Orienteur struct{ Nom, Prenom simphonie.Confidentiel }

// Parcours is the indicator of the care pathway (IPS, zone 2S121) and the top
// médecin traitant (2S71); empty is blank.
type Parcours struct {
	IPS, Top string
	// Exclu says that the line is out of the pathway: both are blank.
	Exclu     bool
	Anomalies simphonie.Anomalies
	Trace     []Constat
}

// ipsPosition gives the letters of RG_CF640: with a declared doctor, without.
var ipsPosition = map[Position]struct{ oui, non string }{
	ActeD162:          {"A", "A"},
	EnUrgence:         {"U", "U"},
	ParTraitant:       {"T", "T"},
	NouveauTraitant:   {"N", "N"},
	TraitantRemplace:  {"R", ""},
	HorsResidence:     {"H", "H"},
	AccesDirect:       {"D", "S"},
	OrienteTraitant:   {"O", "O"},
	OrienteAutre:      {"M", "S"},
	HorsParcoursChoix: {"S", "S"},
}

// forfaitHorsParcours tells FUx and supplements, which are out of the pathway (RG_CF640).
func forfaitHorsParcours(code string) bool {
	switch code {
	case "SIM", "SIC", "SAS", "SUB", "SB2", "SB3":
		return true
	}
	return chiffreApres(code, "FU")
}

const (
	caisseMayotte     = "976"
	specialiteExclue  = "38"
	ageParcours       = 16
	topOui, topNon    = "O", "N"
	ipsHors, ipsSujet = "S", "TNRHDOM"
)

// ParcoursDeSoins gives the indicator and the top of one line. Whether a
// treating doctor is declared comes from the context; when nobody knows and it
// matters, a person decides.
func ParcoursDeSoins(c *Contexte, a ActeParcours) Parcours {
	p := parcours{c: c, a: a}
	if c == nil {
		p.anomalie(&regAbsents, "")
		return p.Parcours
	}
	if motif := p.exclusion(); motif != "" {
		p.Exclu = true
		p.note(&regParcoursExclu, motif)
		return p.Parcours
	}
	if c.Detenu() {
		p.IPS = "A"
		p.note(&regParcoursDetenu)
		return p.Parcours
	}
	if forfaitUrgence(a.Code) || forfaitUrgence(a.Forfait) {
		p.a.Position = EnUrgence
	}
	p.position()
	return p.Parcours
}

// forfaitUrgence tells ATU, FFM, APE and SE1 to SE9.
func forfaitUrgence(code string) bool {
	return code == "ATU" || code == "FFM" || code == "APE" || chiffreApres(code, "SE")
}

// chiffreApres says that a code is a beginning and one digit.
func chiffreApres(code, debut string) bool {
	fin, ok := strings.CutPrefix(code, debut)
	return ok && len(fin) == 1 && fin >= "0" && fin <= "9"
}

type parcours struct {
	Parcours
	c *Contexte
	a ActeParcours
}

func (p *parcours) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	p.Anomalies = append(p.Anomalies, r.Anomalie(strings.TrimSuffix("droits."+chemin, "."), valeurs...))
}

func (p *parcours) note(r *simphonie.Regle, valeurs ...string) {
	if !p.a.SansTrace {
		p.Trace = append(p.Trace, Constat{r, slices.Clone(valeurs)})
	}
}

// exclusion says why the line is out of the pathway, "" when it is in.
func (p *parcours) exclusion() string {
	a, c := &p.a, p.c
	age, err := a.Naissance.AgeLe(c.Jour)
	switch {
	case c.AME():
		return "AME"
	case c.Situations.Has(SP081):
		return "ressortissant de passage d'un système coordonné"
	case c.Organisme.Caisse == caisseMayotte:
		return "caisse 976"
	case err == nil && age.Ans() < ageParcours:
		return "moins de 16 ans"
	case a.PasMedecin || a.Specialite == specialiteExclue:
		return "l'exécutant n'est pas un médecin"
	case a.Retrocession:
		return "rétrocession"
	case a.Teleconsult && (a.TraitantAbsent || c.MedecinTraitant == simphonie.Non):
		return "téléconsultation sans médecin traitant désigné ou disponible"
	case forfaitHorsParcours(a.Code):
		return a.Code
	}
	if err != nil {
		p.anomalie(&regParcoursAge, "beneficiaire.naissance")
	}
	for _, t := range []struct {
		nom  NomTable
		code string
	}{{TableHorsParcours, a.Code}, {TableCCAMHorsParc, a.CategorieCCAM}} {
		if t.code != "" && p.dans(t.nom, t.code) == simphonie.Oui {
			return "table " + string(t.nom)
		}
	}
	return ""
}

func (p *parcours) dans(t NomTable, code string) simphonie.OuiNon {
	o := p.a.Tables.Contient(t, code, p.c.Jour)
	if o.IsZero() {
		p.anomalie(&regTableManquante, "parcours", string(t))
	}
	return o
}

// position reads the table of RG_CF640 once exclusions are past.
func (p *parcours) position() {
	lettres, ok := ipsPosition[p.a.Position]
	mt := p.c.MedecinTraitant
	switch {
	case !ok:
		p.anomalie(&regParcoursPosition, "parcours")
		return
	case lettres.oui != lettres.non && mt.IsZero(), p.a.Position == HorsResidence && mt.IsZero(), p.a.Position == HorsParcoursChoix && mt.IsZero():
		p.anomalie(&regParcoursTraitant, "medecinTraitant")
		return
	case p.a.Position == TraitantRemplace && mt == simphonie.Non:
		p.anomalie(&regParcoursRemplace, "medecinTraitant")
		return
	case p.a.Position == AccesDirect:
		switch p.dans(TableAccesDirect, p.a.Specialite) {
		case simphonie.Oui:
		case simphonie.Non:
			p.anomalie(&regParcoursAccesDirect, "parcours", p.a.Specialite)
			return
		default:
			return
		}
	}
	if o := p.a.Orienteur; (p.a.Position == OrienteTraitant || p.a.Position == OrienteAutre) && (o.Nom.IsZero() || o.Prenom.IsZero()) {
		p.anomalie(&regParcoursOrienteur, "parcours.orienteur")
	}
	p.IPS = lettres.oui
	if mt == simphonie.Non {
		p.IPS = lettres.non
	}
	switch {
	case p.IPS == "A" || p.IPS == "U":
	case mt == simphonie.Non && (p.a.Position == HorsResidence || p.IPS == ipsHors):
		choix := p.a.Interpretations.TopMedecinTraitant
		p.note(lecTopMedecinTraitant, intTopMedecinTraitant.Retenu(string(choix)))
		if choix != TopBlanc {
			p.Top = topNon
		}
	default:
		p.Top = topOui
	}
	p.note(&regParcours, string(p.a.Position), mt.String(), p.IPS, p.Top)
}

// IPSFacture gives the indicator of an invoice from those of its lines (2S121
// CP02): a blank line may stand beside lines in the pathway or out of it,
// never beside A or U; other mixtures want several invoices (RG_MF630). A line
// that a person has yet to decide leaves the invoice undecided.
func IPSFacture(lignes []Parcours) (string, simphonie.Anomalies) {
	ips, blanc := "", false
	for _, l := range lignes {
		switch {
		case l.IPS == "" && !l.Exclu && len(l.Anomalies) > 0:
			return "", l.Anomalies
		case l.IPS == "":
			blanc = true
		case ips == "":
			ips = l.IPS
		case ips != l.IPS:
			return "", simphonie.Anomalies{regParcoursMixte.Anomalie("droits.parcours", ips, l.IPS)}
		}
	}
	if blanc && ips != "" && ips != ipsHors && !strings.Contains(ipsSujet, ips) {
		return "", simphonie.Anomalies{regParcoursMixte.Anomalie("droits.parcours", ips, "blanc")}
	}
	return ips, nil
}

var (
	regParcours       = regle("DROITS-PARCOURS", "RG_CF640", 0, "Parcours de soins : {0}, médecin traitant « {1} » : indicateur {2}, top {3}.")
	regParcoursExclu  = regle("DROITS-PARCOURS-EXCLU", "RG_CF640", 0, "Hors du dispositif du médecin traitant ({0}) : indicateur et top à blanc.")
	regParcoursDetenu = regle("DROITS-PARCOURS-DETENU", "RG_CF641", 0, "Personne détenue : indicateur A.")
	regParcoursAge    = regle("DROITS-PARCOURS-AGE", "RG_CF610, RG_CF640", simphonie.AVerifier,
		"L'âge à la date de référence est inconnu : le dispositif du médecin traitant commence à 16 ans.")
	regParcoursPosition = regle("DROITS-PARCOURS-POSITION", "RG_CF640", simphonie.AVerifier,
		"Dire comment le patient est venu : la situation dans le parcours de soins est absente ou inconnue.")
	regParcoursTraitant = regle("DROITS-PARCOURS-TRAITANT", "RG_CF614", simphonie.AVerifier,
		"Le médecin traitant est à décider : aucun support ne dit s'il est déclaré à la date de référence.")
	regParcoursRemplace = regle("DROITS-PARCOURS-REMPLACE", "RG_CF640", simphonie.AVerifier,
		"Médecin traitant remplacé, mais aucun médecin traitant n'est déclaré à la date de référence.")
	regParcoursAccesDirect = regle("DROITS-PARCOURS-ACCES-DIRECT", "RG_CF640", simphonie.AVerifier,
		"Accès direct spécifique : la spécialité {0} n'est pas de la table 16.1.")
	regParcoursOrienteur = regle("DROITS-PARCOURS-ORIENTEUR", "RG_CF640", simphonie.Bloquante,
		"Patient orienté : le nom et le prénom du médecin qui l'adresse sont obligatoires.")
	regParcoursMixte = regle("DROITS-PARCOURS-MIXTE", "RG_MF630, RG_MF632 (2S121 CP02)", simphonie.Bloquante,
		"Les indicateurs {0} et {1} ne vont pas sur la même facture.")
)
