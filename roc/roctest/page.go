package roctest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/internal/passerelle"
	"github.com/simphonie/simphonie/roc/modele"
)

// espaceReference is the namespace of docs/ROC-REFERENCE.md, which is not
// official; this is a second writing of the page, made without the client's codec.
const espaceReference = "urn:simphonie:reference-non-officielle:roc:1"

// lignesMax is the number of lines that a request may hold.
const lignesMax = 999

// noms are the page's names of each service: end of the action, roots.
var noms = map[modele.Service]struct{ action, demande, reponse string }{
	modele.IDB: {"idb", "DemandeIDB", "ReponseIDB"},
	modele.SIM: {"sim", "DemandeSIM", "ReponseSIM"},
	modele.CLC: {"clc", "DemandeCLC", "ReponseCLC"},
	modele.DEL: {"annulation", "DemandeAnnulation", "ReponseAnnulation"},
}

// Action gives the action of a service, "" for none of the four.
func Action(s modele.Service) string {
	if n, ok := noms[s]; ok {
		return espaceReference + ":" + n.action
	}
	return ""
}

type forme = func(string) bool

// Lexical forms of the page.
var (
	enRequete   = passerelle.Motif(`[0-9A-Za-z-]{1,36}`)
	finess      = passerelle.Motif(`[0-9A-Z]{9}`)
	enVenue     = passerelle.Motif(`[0-9A-Za-z./_-]{1,20}`)
	enAMC       = passerelle.Motif(`[0-9A-Z]{1,10}`)
	convention  = passerelle.Motif(`[0-9A-Z]{2}`)
	csr         = passerelle.Motif(`[!-~]{1,24}`)
	enDomaine   = passerelle.Motif(`[0-9A-Z]{1,8}`)
	numero      = passerelle.Motif(`\d{5}(\d{2}|2A|2B)\d{6}`)
	cle         = passerelle.Motif(`\d{2}`)
	enInstant   = passerelle.Motif(`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})`)
	montant     = passerelle.Motif(`-?(0|[1-9]\d{0,11})\.\d{2}`)
	decimal     = passerelle.Motif(`-?(0|[1-9]\d{0,8})(\.\d{1,6})?`)
	enTaux      = passerelle.Motif(`\d{1,3}(\.\d{1,2})?`)
	quantite    = passerelle.Motif(`[1-9]\d{0,4}`)
	rang        = passerelle.Motif(`[1-9]\d{0,3}`)
	engagement  = passerelle.Motif(`[!-~]{1,64}`)
	code        = passerelle.Motif(`[0-9A-Za-z_.-]{1,32}`)
	codeLigne   = passerelle.Motif(`[0-9A-Z]{1,5}`)
	chiffre     = passerelle.Motif(`\d`)
	nom         = longueur(80)
	enTexte     = longueur(500)
	deCalendier = passerelle.Motif(`\d{4}-\d{2}-\d{2}`)
)

func date(s string) bool { return deCalendier(s) && passerelle.Date(s) }

func instant(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil && enInstant(s)
}

// taux is at most 100.
func taux(s string) bool {
	entier, decimales, _ := strings.Cut(s, ".")
	n, err := strconv.Atoi(entier)
	return err == nil && enTaux(s) && (n < 100 || n == 100 && strings.Trim(decimales, "0") == "")
}

// longueur is a text of 1 to n characters without surrounding blanks.
func longueur(n int) forme {
	return func(s string) bool {
		return s != "" && utf8.ValidString(s) && utf8.RuneCountInString(s) <= n && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
	}
}

// cardinalites are the children of an element, in order.
type cardinalites []passerelle.Modele

func un(nom string, f forme) passerelle.Modele   { return passerelle.Modele{Nom: nom, Min: 1, Texte: f} }
func peut(nom string, f forme) passerelle.Modele { return passerelle.Modele{Nom: nom, Texte: f} }
func choix(nom string, valeurs ...string) passerelle.Modele {
	return passerelle.Modele{Nom: nom, Min: 1, Choix: valeurs}
}
func (s cardinalites) un(nom string) passerelle.Modele {
	return passerelle.Modele{Nom: nom, Min: 1, Enfants: s}
}
func (s cardinalites) plusieurs(nom string) passerelle.Modele {
	return passerelle.Modele{Nom: nom, Max: -1, Enfants: s}
}

var entete = cardinalites{
	un("Requete", enRequete), un("EntiteJuridique", finess), peut("EntiteGeographique", finess), un("Venue", enVenue),
	choix("Moment", "PREADMISSION", "ADMISSION", "EN_COURS", "SORTIE"), un("Date", date),
	cardinalites{un("NumeroAMC", enAMC), peut("TypeConvention", convention), peut("CSR", csr), un("Domaine", enDomaine),
		un("NumeroAdherent", nom), peut("Contrat", nom)}.un("Couverture"),
	cardinalites{peut("Nir", numero), peut("Cle", cle), un("DateNaissance", passerelle.DateLunaire), peut("Rang", chiffre), peut("Nom", nom),
		peut("Prenom", nom)}.un("Beneficiaire"),
}.un("Entete")

var lignes = passerelle.Modele{Nom: "Ligne", Min: 1, Max: lignesMax, Enfants: cardinalites{
	un("Rang", rang), un("Code", codeLigne), un("Execution", date), un("Quantite", quantite), un("Coefficient", decimal),
	un("PrixUnitaire", decimal), un("Honoraires", montant), un("BaseAMO", montant), un("Taux", taux), un("PartAMO", montant),
	un("BaseAMC", montant), peut("PartAttendue", montant),
	cardinalites{un("NumeroAMC", enAMC), un("Montant", montant), choix("Etat", "THEORIQUE", "SIMULE", "ENGAGE", "FACTURE")}.plusieurs("AutrePart"),
}}

// demandes are the requests, by service.
var demandes = map[modele.Service]passerelle.Modele{
	modele.IDB: cardinalites{entete}.un("DemandeIDB"),
	modele.SIM: cardinalites{entete, lignes}.un("DemandeSIM"),
	modele.CLC: cardinalites{entete, lignes}.un("DemandeCLC"),
	modele.DEL: cardinalites{entete, un("Calcul", enRequete), peut("Engagement", engagement)}.un("DemandeAnnulation"),
}

var (
	retour = cardinalites{
		un("Requete", enRequete), un("Instant", instant), cardinalites{un("Code", code), peut("Libelle", enTexte)}.un("Issue"),
		cardinalites{un("Code", code), peut("Groupe", code), peut("Libelle", enTexte)}.plusieurs("Erreur"),
		cardinalites{peut("Code", code), un("Libelle", enTexte)}.plusieurs("Message"),
		cardinalites{peut("Code", code), un("Libelle", enTexte)}.plusieurs("Consigne"),
	}
	montants = cardinalites{un("Rang", rang), un("Part", montant), peut("Reste", montant)}.plusieurs("Montant")
	contrats = cardinalites{peut("Identifiant", nom), peut("Libelle", enTexte), peut("TypeConvention", convention), peut("CSR", csr),
		peut("Debut", date), peut("Fin", date)}.plusieurs("Contrat")
)

// reponses are the answers, by service.
var reponses = map[modele.Service]passerelle.Modele{
	modele.IDB: retour.puis(contrats).un("ReponseIDB"),
	modele.SIM: retour.puis(montants, peut("Total", montant)).un("ReponseSIM"),
	modele.CLC: retour.puis(montants, peut("Total", montant), peut("Engagement", engagement), peut("Fin", date)).un("ReponseCLC"),
	modele.DEL: retour.un("ReponseAnnulation"),
}

func (s cardinalites) puis(apres ...passerelle.Modele) cardinalites {
	return append(s[:len(s):len(s)], apres...)
}

// verifie checks a request against the page.
func verifie(s modele.Service, d *etree.Element) error {
	m := demandes[s]
	if err := m.Verifie(d, espaceReference); err != nil {
		return err
	}
	if (fils(d, "Entete", "Beneficiaire", "Nir") == "") != (fils(d, "Entete", "Beneficiaire", "Cle") == "") {
		return errors.New(m.Nom + "/Entete/Beneficiaire: Nir and Cle go together")
	}
	for i, l := range d.SelectElements("Ligne") {
		if fils(l, "Rang") != strconv.Itoa(i+1) {
			return fmt.Errorf("%s/Ligne/Rang: 1 then 2, 3 without a gap is wanted", m.Nom)
		}
	}
	return nil
}

// fils gives the text at the end of a path, or "".
func fils(el *etree.Element, chemin ...string) string {
	for _, nom := range chemin {
		if el = el.SelectElement(nom); el == nil {
			return ""
		}
	}
	return el.Text()
}
