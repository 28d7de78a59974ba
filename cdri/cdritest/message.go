package cdritest

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/simphonie/simphonie/internal/passerelle"
)

// The wire is that of docs/CDRI-REFERENCE.md, which is not official; this is a
// second writing of the page, made without the codec of the client.
const (
	// Action and ActionLot are the wsa:Action of the two calls.
	Action    = espaceReference + ":consulterDroits"
	ActionLot = espaceReference + ":consulterDroitsLot"

	// LotMax is the number of lines that a batch message may hold.
	LotMax = 100
)

type (
	element = passerelle.Modele
	forme   = func(string) bool
)

// Lexical forms of the page.
var (
	numero      = passerelle.Motif(`\d{5}(\d{2}|2A|2B)\d{6}`)
	cle         = passerelle.Motif(`\d{2}`)
	chiffre     = passerelle.Motif(`\d`)
	regime      = passerelle.Motif(`\d{2}`)
	code        = passerelle.Motif(`[0-9A-Za-z]{1,8}`)
	codeIssue   = passerelle.Motif(`[A-Z0-9_]{1,32}`)
	correlation = passerelle.Motif(`[0-9A-Za-z-]{1,36}`)
	enInstant   = passerelle.Motif(`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})`)
	nom         = longueur(80)
	texte       = longueur(500)
)

func instant(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil && enInstant(s)
}

// longueur is a text of 1 to n characters without surrounding blanks.
func longueur(n int) forme {
	return func(s string) bool {
		return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= n && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
	}
}

// un, peut and plusieurs are the three cardinalities.
func un(nom string, f forme) element   { return element{Nom: nom, Min: 1, Texte: f} }
func peut(nom string, f forme) element { return element{Nom: nom, Texte: f} }

func (m cardinalites) un(nom string) element        { return element{Nom: nom, Min: 1, Enfants: m} }
func (m cardinalites) peut(nom string) element      { return element{Nom: nom, Enfants: m} }
func (m cardinalites) plusieurs(nom string) element { return element{Nom: nom, Max: -1, Enfants: m} }

// cardinalites are the children of an element, in order.
type cardinalites []element

// demande is ConsulterDroits. That Nir and Cle go together is checked apart.
var demande = cardinalites{
	un("Etablissement", passerelle.Motif(`[0-9A-Za-z]{9}`)),
	{Nom: "Moment", Min: 1, Choix: []string{"PREADMISSION", "ADMISSION", "FACTURATION"}},
	peut("DateReference", passerelle.Date),
	cardinalites{un("Nir", numero), un("Cle", cle)}.un("Assure"),
	cardinalites{peut("Nir", numero), peut("Cle", cle), un("DateNaissance", passerelle.DateLunaire), un("Rang", chiffre)}.un("Beneficiaire"),
	cardinalites{un("Regime", regime), peut("Caisse", passerelle.Motif(`\d{3}`)), peut("Centre", passerelle.Motif(`[0-9A-Z]{1,4}`))}.un("Organisme"),
}.un("ConsulterDroits")

// demandeLot is ConsulterDroitsLot; what its lines hold is checked line by line.
var demandeLot = cardinalites{{Nom: "Ligne", Min: 1, Max: LotMax, Enfants: cardinalites{
	un("Correlation", correlation), {Nom: "ConsulterDroits", Min: 1, Libre: true},
}}}.un("ConsulterDroitsLot")

var (
	periode   = cardinalites{peut("Debut", passerelle.Date), peut("Fin", passerelle.Date)}
	organisme = cardinalites{un("Regime", code), peut("Caisse", code), peut("Centre", code)}
	droitCode = cardinalites{un("Code", code), periode.plusieurs("Periode")}
)

// reponseUnite is DroitsConsultes.
var reponseUnite = cardinalites{
	un("Instant", instant),
	cardinalites{un("Code", codeIssue), peut("Libelle", texte)}.un("Issue"),
	cardinalites{peut("Code", code), un("Libelle", texte)}.plusieurs("Message"),
	cardinalites{
		cardinalites{peut("NomFamille", nom), peut("NomUsage", nom), peut("Prenom", nom), peut("Qualite", code),
			cardinalites{peut("Ligne1", nom), peut("Ligne2", nom), peut("Ligne3", nom), peut("Ligne4", nom), peut("Ligne5", nom), peut("Ligne6", nom)}.peut("Adresse"),
			peut("DateNaissance", passerelle.DateLunaire), peut("Rang", chiffre), peut("Nir", numero), peut("Cle", cle)}.un("Beneficiaire"),
		cardinalites{un("Nir", numero), peut("Cle", cle)}.un("Assure"),
		cardinalites{peut("Nom", nom), peut("Prenom", nom), peut("NumeroAM", passerelle.Motif(`\d{1,9}`)), periode.peut("Periode")}.peut("MedecinTraitant"),
		cardinalites{un("Regime", code), peut("Caisse", code), peut("Centre", code), peut("NaturePJ", code), peut("CodeGestion", code),
			periode.plusieurs("Periode")}.un("OrganismeMaladie"),
		droitCode.plusieurs("Exoneration"),
		droitCode.plusieurs("ContratParticulier"),
		cardinalites{un("ChaAnn", code)}.peut("SpecificiteRegime"),
		cardinalites{peut("DebutGrossesse", passerelle.Date), peut("Accouchement", passerelle.Date), organisme.peut("Organisme"),
			periode.plusieurs("Periode")}.peut("Maternite"),
		droitCode.plusieurs("Modulation"),
		cardinalites{organisme.peut("Organisme"), periode.peut("Periode")}.peut("AtParDefaut"),
		cardinalites{peut("Identifiant", passerelle.Motif(`[0-9A-Za-z]{1,9}`)), organisme.peut("Organisme"), periode.peut("Periode")}.plusieurs("AtDeclare"),
		droitCode.plusieurs("SituationParticuliere"),
	}.peut("Droits"),
}.un("DroitsConsultes")
