package droits

import (
	"slices"
	"time"

	"github.com/simphonie/simphonie"
)

// DemandePiece is what the nature of the proof depends on (zone 0258).
type DemandePiece struct {
	// Droits is the acquisition that the invoice is made from, changed or
	// merged. Nil is no support.
	Droits *Acquisition
	// FactureLe is when the invoice is made.
	FactureLe time.Time
	// CliniquePrivee says that a private clinic, or a thermal one, bills.
	CliniquePrivee bool
	// PriseEnCharge says that a clinic also holds a prise en charge.
	PriseEnCharge bool
	// Anonyme says that the invoice is an anonymous one (SP10); PieceAnonyme is
	// then the value to send, which no text gives.
	Anonyme         bool
	PieceAnonyme    string
	Interpretations Interpretations
}

// Piece is the nature of the proof. Nature is empty when a person must decide.
type Piece struct {
	Nature    string
	Anomalies simphonie.Anomalies
	Trace     []Constat
}

// PJNature decides the nature of the proof of AMO rights (RG_BS620 to
// RG_BS622). The expiry delay of a CDRi answer is not public: it has no
// default. DROITS-PJ-DELAI: it is not positive. DROITS-PJ-ANONYME: an anonymous
// invoice without its setting.
func PJNature(d DemandePiece, delai time.Duration) (Piece, error) {
	var p Piece
	a := d.Droits
	anonyme := d.Anonyme || a != nil && a.anonyme()
	switch {
	case delai <= 0:
		return p, &simphonie.Erreur{Code: "DROITS-PJ-DELAI", Detail: "the expiry delay of a CDRi answer is wanted"}
	case anonyme && (len(d.PieceAnonyme) != 1 || d.PieceAnonyme < "0" || d.PieceAnonyme > "9"):
		return p, &simphonie.Erreur{Code: "DROITS-PJ-ANONYME", Detail: "no text gives the proof of an anonymous invoice: a setting is wanted"}
	case anonyme:
		p.decide(&regPieceAnonyme, d.PieceAnonyme)
	case a == nil:
		p.decide(&regPieceAucune, "0")
	default:
		p.deSupport(&d, delai)
	}
	return p, nil
}

func (p *Piece) decide(r *simphonie.Regle, nature string) {
	p.Nature = nature
	p.Trace = append(p.Trace, Constat{r, []string{nature}})
}

func (p *Piece) anomalie(r *simphonie.Regle, chemin string, valeurs ...string) {
	p.Anomalies = append(p.Anomalies, r.Anomalie("droits."+chemin, valeurs...))
}

func (p *Piece) deSupport(d *DemandePiece, delai time.Duration) {
	a := d.Droits
	papiers, autres := a.changees()
	switch {
	case len(papiers) > 0:
		p.dePapier(papiers, d.CliniquePrivee)
	case len(autres) > 0 && d.Interpretations.PieceMixte != PieceMixtePrincipal:
		p.anomalie(&regPieceMixte, string(autres[0]), definitionDe(autres[0]).libelle)
	case a.Support == SupportCDRi:
		p.mixte(d, autres)
		p.deCDRi(d, delai)
	case a.Support == SupportPriseEnCharge && d.CliniquePrivee:
		p.decide(&regPiecePEC, "3")
	case pieces[a.Support] != "":
		p.mixte(d, autres)
		p.decide(&regPieceSupport, pieces[a.Support])
	default:
		p.anomalie(&regPieceInconnue, "support", string(a.Support))
	}
}

func (p *Piece) mixte(d *DemandePiece, autres []Donnee) {
	if len(autres) > 0 {
		p.Trace = append(p.Trace, Constat{lecPieceMixte, []string{intPieceMixte.Retenu(string(d.Interpretations.PieceMixte))}})
	}
}

// dePapier: a change of what is billed makes the paper the proof.
func (p *Piece) dePapier(papiers []Support, clinique bool) {
	de := func(s Support) string {
		if s == SupportPriseEnCharge && clinique {
			return "3"
		}
		return pieces[s]
	}
	switch nature := de(papiers[0]); {
	case slices.ContainsFunc(papiers, func(s Support) bool { return de(s) != nature }):
		p.anomalie(&regPiecePapiers, "support")
	case nature == "":
		p.anomalie(&regPieceInconnue, "support", string(papiers[0]))
	default:
		p.decide(&regPieceModifiee, nature)
	}
}

func (p *Piece) deCDRi(d *DemandePiece, delai time.Duration) {
	a := d.Droits
	age := d.FactureLe.Sub(a.Le)
	switch {
	case a.Le.IsZero() || d.FactureLe.IsZero() || age < 0 || age > delai:
		p.anomalie(&regPiecePerimee, "le")
	case d.CliniquePrivee && d.PriseEnCharge && a.Organisme.Regime == simphonie.RegimeGeneral:
		p.decide(&regPiecePECCDRi, "5")
	case d.CliniquePrivee && d.PriseEnCharge:
		p.anomalie(&regPieceInconnue, "support", "prise en charge d'un autre régime")
	case a.PieceAMO == "":
		p.anomalie(&regPieceAbsente, "pieceAMO")
	default:
		nature := sansZeros(a.PieceAMO)
		if len(nature) != 1 || nature > "5" {
			p.anomalie(&regPieceValeur, "pieceAMO")
			return
		}
		p.decide(&regPieceCDRi, nature)
	}
}

// changees gives the papers behind the changes that make another proof, and
// the data that come from another support though the main one can give them.
func (a *Acquisition) changees() (papiers []Support, autres []Donnee) {
	for i := range definitions {
		d := &definitions[i]
		p := a.De(d.nom)
		switch {
		case d.usage == muette || p.Complement || p.Par != "" && p.Papier == p.Support:
		case p.Par != "":
			papiers = append(papiers, p.Papier)
		case p.Support != a.Support && d.peut(a.Support) != Jamais && !slices.Contains(p.Concordants, a.Support) && !vide(d.acces.lit(a)) && d.usage != contexte:
			autres = append(autres, d.nom)
		}
	}
	return papiers, autres
}

var (
	regPieceAnonyme  = regle("DROITS-PJ-REGLAGE-ANONYME", "RG_MF639 (0258)", 0, "Facture anonyme : pièce justificative {0}, par réglage.")
	regPieceAucune   = regle("DROITS-PJ-AUCUNE", "RG_BS620", 0, "Aucun support de droits : pièce justificative {0}.")
	regPieceSupport  = regle("DROITS-PJ-SUPPORT", "RG_BS620 à RG_BS622", 0, "Pièce justificative {0}, par le support des droits.")
	regPieceCDRi     = regle("DROITS-PJ-CDRI", "RG_BS621", 0, "Réponse CDRi non modifiée et encore valable : pièce justificative {0}, rendue par CDRi.")
	regPiecePEC      = regle("DROITS-PJ-PEC", "RG_BS620", 0, "Prise en charge d'une clinique privée : pièce justificative {0}.")
	regPiecePECCDRi  = regle("DROITS-PJ-PEC-CDRI", "RG_BS622", 0, "Prise en charge d'une clinique privée, droits du régime général venus de CDRi : pièce justificative {0}.")
	regPieceModifiee = regle("DROITS-PJ-MODIFIEE", "RG_BS621", 0, "Des droits ont été modifiés après leur acquisition : pièce justificative {0}, par le papier lu.")
	regPieceMixte    = regle("DROITS-PJ-MIXTE", "RG_BS620 à RG_BS622", simphonie.AVerifier,
		"« {0} » vient d'un autre support que le reste des droits : choisir la nature de la pièce justificative.")
	regPiecePapiers = regle("DROITS-PJ-PAPIERS", "RG_BS621", simphonie.AVerifier,
		"Les droits ont été modifiés d'après des papiers de natures différentes : choisir la nature de la pièce justificative.")
	regPiecePerimee = regle("DROITS-PJ-PERIMEE", "RG_BS621", simphonie.AVerifier,
		"La réponse CDRi n'est plus dans son délai de validité à la facturation : interroger CDRi à nouveau.")
	regPieceAbsente = regle("DROITS-PJ-ABSENTE", "RG_BS621", simphonie.AVerifier,
		"La réponse CDRi ne porte pas la nature de la pièce justificative.")
	regPieceValeur = regle("DROITS-PJ-VALEUR", "RG_BS620 à RG_BS622", simphonie.AVerifier,
		"La nature de la pièce justificative que CDRi a rendue n'est pas de la liste 0 à 5.")
	regPieceInconnue = regle("DROITS-PJ-INCONNUE", "RG_BS620 à RG_BS622", simphonie.AVerifier,
		"Aucune règle ne donne la pièce justificative de ce support : {0}.")
)
