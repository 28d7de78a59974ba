package cdri

import (
	"regexp"
	"slices"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

var (
	regEJ = simphonie.Regle{Code: "CDRI-EJ-AUTRE", Source: "ETS-SFG-010", Gravite: simphonie.Bloquante,
		Message: "La demande est faite pour une autre entité juridique que celle du canal : rien n'est envoyé."}
	regRegimeFerme = simphonie.Regle{Code: "CDRI-REGIME-FERME", Source: "liste de l'éditeur", Gravite: simphonie.Bloquante,
		Message: "Le régime {0} ne répond pas à CDRi : lire la carte Vitale, ou demander une attestation."}
	regIssue = simphonie.Regle{Code: "CDRI-ISSUE-INCONNUE", Source: "SEL-MP-030", Gravite: simphonie.AVerifier,
		Message: "Le service a répondu par le code {0}, dont le sens n'est pas connu : lire son libellé."}
	regETM = simphonie.Regle{Code: "CDRI-ETM-INCONNUE", Source: "RG_BS684", Gravite: simphonie.AVerifier,
		Message: "CDRi donne l'exonération de code {0}, dont le sens n'est pas publié : à vérifier."}
	regMTM = simphonie.Regle{Code: "CDRI-MTM-INCONNUE", Source: "RG_BS686", Gravite: simphonie.AVerifier,
		Message: "CDRi donne la modulation de code {0}, dont le sens n'est pas publié : à vérifier."}
	regSituation = simphonie.Regle{Code: "CDRI-SITUATION-INCONNUE", Source: "RG_BS705, RG_BS721", Gravite: simphonie.AVerifier,
		Message: "CDRi donne la situation particulière de code {0}, dont le sens n'est pas publié : à vérifier."}
	regContrat = simphonie.Regle{Code: "CDRI-CONTRAT-INCONNU", Source: "RG_BS634", Gravite: simphonie.AVerifier,
		Message: "CDRi donne le contrat particulier de code {0}, dont le sens n'est pas publié : à vérifier."}
	regPiece = simphonie.Regle{Code: "CDRI-PIECE-INCONNUE", Source: "RG_BS620 à RG_BS622", Gravite: simphonie.AVerifier,
		Message: "CDRi donne la nature de pièce justificative {0}, hors de la liste 0 à 5 : à vérifier."}
	regAssure = simphonie.Regle{Code: "CDRI-ASSURE-AUTRE", Source: "CDRi03.02", Gravite: simphonie.AVerifier,
		Message: "La réponse porte un autre assuré que la demande : vérifier l'identité avant d'utiliser ces droits."}
	regBeneficiaire = simphonie.Regle{Code: "CDRI-BENEFICIAIRE-AUTRE", Source: "CDRi03.01", Gravite: simphonie.AVerifier,
		Message: "La réponse porte une autre date ou un autre rang de naissance que la demande : vérifier l'identité avant d'utiliser ces droits."}
)

// Regles lists the rules of this package and of its model.
func Regles() []simphonie.Regle {
	return append(modele.Regles(), regEJ, regRegimeFerme, regIssue, regETM, regMTM, regSituation, regContrat, regPiece, regAssure, regBeneficiaire)
}

// InterpretationsPossibles lists the open questions of this package.
func InterpretationsPossibles() []simphonie.Interpretation { return modele.InterpretationsPossibles() }

var (
	formeRegime = regexp.MustCompile(`^\d{2}$`)
	piecesAMO   = []string{"", "0", "1", "2", "3", "4", "5"}
)

// controle reports what somebody must look at before the answer is used:
// codes without a published meaning, another person than the one asked about.
func controle(r *Reponse, d *Demande) (as simphonie.Anomalies) {
	si := func(vrai bool, regle *simphonie.Regle, chemin string, code ...string) {
		if vrai {
			for i := range code {
				code[i] = lisible(code[i])
			}
			as = append(as, regle.Anomalie("reponse."+chemin, code...))
		}
	}
	si(r.Issue.Sens == SensAVerifier, &regIssue, "issue", r.Issue.Code)
	a := r.Droits
	if a == nil {
		return as
	}
	for i := range a.ETM {
		si(!a.ETM[i].Code.Known(), &regETM, "droits.etm", string(a.ETM[i].Code))
	}
	for i := range a.MTM {
		si(!a.MTM[i].Code.Known(), &regMTM, "droits.mtm", string(a.MTM[i].Code))
	}
	for i := range a.Situations {
		si(!a.Situations[i].Code.Known(), &regSituation, "droits.situations", string(a.Situations[i].Code))
	}
	for i := range a.Contrats {
		si(!a.Contrats[i].Code.Known(), &regContrat, "droits.contrats", string(a.Contrats[i].Code))
	}
	si(!slices.Contains(piecesAMO, a.PieceAMO), &regPiece, "droits.pieceAMO", a.PieceAMO)
	si(autreNIR(a, d), &regAssure, "droits.assure")
	b := &a.Beneficiaire
	si(!b.Naissance.IsZero() && b.Naissance != d.Naissance || b.Rang != "" && b.Rang != d.Rang, &regBeneficiaire, "droits.beneficiaire")
	return as
}

// autreNIR compares the numbers without their keys. One that cannot be read is
// not the same.
func autreNIR(a *droits.Acquisition, d *Demande) bool {
	n := a.Assure.NIR
	return !n.IsZero() && n.Numero() != d.Assure.Numero()
}
