package diapasontest

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Shapes that the service wants.
var (
	formeNumcliPayFiP = regexp.MustCompile(`^[0-9]{6}$`)
	formeExerPayFiP   = regexp.MustCompile(`^[0-9]{4}$`)
	formeRefdetPayFiP = regexp.MustCompile(`^[A-Za-z0-9]{6,30}$`)
	formeObjetPayFiP  = regexp.MustCompile(`^[A-Za-z0-9 ]{0,100}$`)
	formeCentsPayFiP  = regexp.MustCompile(`^[0-9]{1,11}$`)
	formeMelPayFiP    = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	formeURLPayFiP    = regexp.MustCompile(`^https?://\S{1,242}$`)
)

// traite answers a call that was understood.
func (s *PayFiP) traite(q requetePayFiP, sc ScenarioPayFiP) reponsePayFiP {
	switch q.operation {
	case "creerPaiementSecurise":
		return s.cree(q.champs)
	case "recupererDetailPaiementSecurise":
		return s.detail(q.champs["idOp"], sc)
	}
	switch n := q.champs["numCli"]; {
	case !formeNumcliPayFiP.MatchString(n):
		return fonctionnellePayFiP("T1")
	case !slices.Contains(s.numclis, n):
		return fonctionnellePayFiP("T2")
	default:
		return reponseDePayFiP(q.operation, sc, [][2]string{{"libelleN1", "CENTRE HOSPITALIER SIMULE"}, {"libelleN2", "REGIE DE RECETTES"}, {"libelleN3", "SOINS"}, {"numcli", n}})
	}
}

// cree makes an operation, or says what is wrong, in the order of the codes.
func (s *PayFiP) cree(c map[string]string) reponsePayFiP {
	cents, _ := strconv.ParseInt(c["montant"], 10, 64)
	for _, r := range []struct {
		mal  bool
		code string
	}{
		{!slices.Contains([]string{"T", "X", "W"}, c["saisie"]), "S1"},
		{!formeNumcliPayFiP.MatchString(c["numcli"]), "T1"},
		{!slices.Contains(s.numclis, c["numcli"]), "T2"},
		{!formeCentsPayFiP.MatchString(c["montant"]), "M1"},
		{cents < 100, "M3"},
		{cents > 9999999, "M5"},
		{c["mel"] == "", "A1"},
		{!formeMelPayFiP.MatchString(c["mel"]) || len(c["mel"]) < 6 || len(c["mel"]) > 80, "A2"},
		{c["urlnotif"] != "" && !formeURLPayFiP.MatchString(c["urlnotif"]), "N1"},
		{c["urlredirect"] != "" && !formeURLPayFiP.MatchString(c["urlredirect"]), "D1"},
		{!formeRefdetPayFiP.MatchString(c["refdet"]), "R3"},
	} {
		if r.mal {
			return fonctionnellePayFiP(r.code)
		}
	}
	if !formeExerPayFiP.MatchString(c["exer"]) || !formeObjetPayFiP.MatchString(c["objet"]) {
		return fautePayFiP("TechProtocolaireErreur", "", "exer or objet")
	}
	o := &operationPayFiP{CreationPayFiP: CreationPayFiP{IDOp: nouvelIDOpPayFiP(), NumCli: c["numcli"], Exer: c["exer"], Refdet: c["refdet"], Saisie: c["saisie"], Montant: cents, Le: s.maintenant, champs: c}}
	s.operations = append(s.operations, o)
	return reponseDePayFiP("creerPaiementSecurise", "normal", [][2]string{{"idOp", o.IDOp}})
}

// detail tells what became of an operation: P1, P5, or all that is known.
func (s *PayFiP) detail(idop string, sc ScenarioPayFiP) reponsePayFiP {
	o := s.trouve(idop)
	switch {
	case o == nil:
		return fonctionnellePayFiP("P1")
	case o.resultat == "":
		return fonctionnellePayFiP("P5")
	}
	le := o.le.In(s.paris)
	return reponseDePayFiP("recupererDetailPaiementSecurise", sc, [][2]string{
		{"dattrans", le.Format("02012006")}, {"exer", o.Exer[:2]}, {"heurtrans", le.Format("1504")}, {"idOp", o.IDOp}, {"mel", o.champs["mel"]},
		{"montant", strconv.FormatInt(o.Montant, 10)}, {"numauto", "112233445566-tip"}, {"numcli", o.NumCli}, {"objet", o.champs["objet"]}, {"refdet", o.Refdet},
		{"resultrans", o.resultat}, {"saisie", o.Saisie},
	})
}

// nouvelIDOpPayFiP gives a random identifier, with letters whose case counts.
func nouvelIDOpPayFiP() string {
	var b [16]byte
	rand.Read(b[:])
	h := hex.EncodeToString(b[:])
	return strings.Join([]string{h[:8], h[8:12], "11EA", h[16:20], h[20:]}, "-")
}

// lent gives the delay of a scenario.
func (sc ScenarioPayFiP) lent() (time.Duration, error) { return time.ParseDuration(sc.argument()) }
