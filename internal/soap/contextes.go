package soap

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/simphonie/simphonie"
)

// Versions of the context schemas that are written.
const (
	versionCTXBAM = "01_02"
	versionCTXLPS = "01_00"
)

// Couverture repeats the criteria of a request in the header: the gateway
// routes by them. All of it may be empty.
type Couverture struct {
	Regime, Caisse, Centre string
	Assure                 simphonie.NIR // of the insured
	Beneficiaire           simphonie.NIR // of the patient, certified
	Certification          simphonie.Jour
	Naissance              simphonie.DateNaissance
	Rang                   string
	// SansCle leaves the keys of the numbers out, as INSi by card does.
	SansCle bool
}

// ContexteBAM is the header of the gateway (urn:siram:bam:ctxbam, V01_02).
type ContexteBAM struct {
	ID         string
	Temps      time.Time
	Emetteur   string
	DateRef    time.Time
	Couverture Couverture
}

// ContexteLPS is the header of the software (urn:siram:lps:ctxlps, V01_00).
type ContexteLPS struct {
	ID       string
	Temps    time.Time
	Emetteur string
	IDAM     string // authorisation number given by the CNDA
	Version  string
	Instance string
	Nom      string
}

var (
	motifNumero = regexp.MustCompile(`^\d{6}[AB0-9]\d{6}$`)
	motifCle    = regexp.MustCompile(`^\d{2}$`)
	motifRang   = regexp.MustCompile(`^\d+$`)
)

// Encode writes the block in the order of its schema. What its patterns refuse
// is an error that names the element.
func (c *ContexteBAM) Encode() ([]byte, error) {
	e := ecrivain{racine: "ContexteBAM", prefixe: "ctxbam"}
	e.ouvreRacine(EspaceCTXBAM, versionCTXBAM)
	e.texte("Id", c.ID, true)
	e.instant("Temps", c.Temps, true)
	e.texte("Emetteur", c.Emetteur, false)
	e.instant("DateRef", c.DateRef, false)
	e.couverture(&c.Couverture)
	return e.finit()
}

// Encode writes the block in the order of its schema.
func (c *ContexteLPS) Encode() ([]byte, error) {
	e := ecrivain{racine: "ContexteLPS", prefixe: "ctxlps"}
	e.ouvreRacine(EspaceCTXLPS, versionCTXLPS)
	e.texte("Id", c.ID, true)
	e.instant("Temps", c.Temps, true)
	e.texte("Emetteur", c.Emetteur, false)
	e.ouvre("LPS")
	if c.IDAM != "" {
		e.ecrit(`<ctxlps:IDAM R="4">`)
		e.valeur("IDAM", c.IDAM)
		e.ferme("IDAM")
	}
	e.texte("Version", c.Version, false)
	e.texte("Instance", c.Instance, false)
	e.texte("Nom", c.Nom, false)
	e.ferme("LPS")
	return e.finit()
}

func (e *ecrivain) couverture(c *Couverture) {
	e.ouvre("COUVERTURE")
	e.texte("GrandRegime", c.Regime, false)
	e.texte("Organisme", c.Caisse, false)
	e.texte("CodeCentre", c.Centre, false)
	if !c.Assure.IsZero() {
		e.ouvre("ASSURE", "Id")
		e.matricule(c.Assure, c.SansCle)
		e.ferme("Id", "ASSURE")
	}
	if !c.Beneficiaire.IsZero() || !c.Naissance.IsZero() || c.Rang != "" {
		e.ouvre("BENEFICIAIRE")
		if !c.Beneficiaire.IsZero() {
			e.ouvre("Nir")
			e.matricule(c.Beneficiaire, c.SansCle)
			e.texte("DateCertification", c.Certification.String(), false)
			e.ferme("Nir")
		}
		if c.Naissance.SiecleInconnu() {
			e.refuse("DateNai", "the century of the birth date is unknown: ask the user")
		}
		e.texte("DateNai", c.Naissance.Clair(), false)
		if c.Rang != "" && !motifRang.MatchString(c.Rang) {
			e.refuse("Rang", "a number is wanted")
		}
		e.texte("Rang", c.Rang, false)
		e.ferme("BENEFICIAIRE")
	}
	e.ferme("COUVERTURE")
}

// matricule writes Num and Cle.
func (e *ecrivain) matricule(n simphonie.NIR, sansCle bool) {
	num, cle := n.Clair(), ""
	if len(num) > 13 {
		num, cle = num[:13], num[13:]
	}
	if !motifNumero.MatchString(num) || cle != "" && !motifCle.MatchString(cle) {
		e.refuse("Num", "the number has not the 13 characters and the key that the schema wants")
		return
	}
	e.texte("Num", num, true)
	if !sansCle {
		e.texte("Cle", cle, false)
	}
}

// ecrivain writes one context and keeps its first fault.
type ecrivain struct {
	racine, prefixe string
	b               bytes.Buffer
	err             error
}

func (e *ecrivain) ecrit(s string) { e.b.WriteString(s) }

func (e *ecrivain) ouvreRacine(espace, version string) {
	fmt.Fprintf(&e.b, `<%s:%s xmlns:%[1]s="%[3]s" Version="%[4]s" Nature="%[5]s">`, e.prefixe, e.racine, espace, version, strings.ToUpper(e.prefixe))
}

func (e *ecrivain) ouvre(noms ...string) {
	for _, n := range noms {
		e.ecrit("<" + e.prefixe + ":" + n + ">")
	}
}

func (e *ecrivain) ferme(noms ...string) {
	for _, n := range noms {
		e.ecrit("</" + e.prefixe + ":" + n + ">")
	}
}

func (e *ecrivain) texte(nom, v string, obligatoire bool) {
	if v == "" {
		if obligatoire {
			e.refuse(nom, "the schema wants a value")
		}
		return
	}
	e.ouvre(nom)
	e.valeur(nom, v)
	e.ferme(nom)
}

// valeur writes a text; one that XML cannot hold is refused.
func (e *ecrivain) valeur(nom, v string) {
	if !valeurXML(v) {
		e.refuse(nom, "a character that XML does not have")
		return
	}
	echappe(&e.b, v)
}

// instant writes an xsd:dateTime in UTC with milliseconds.
func (e *ecrivain) instant(nom string, t time.Time, obligatoire bool) {
	if t.IsZero() {
		e.texte(nom, "", obligatoire)
		return
	}
	e.texte(nom, Instant(t), obligatoire)
}

// Instant gives the text of an instant, UTC with milliseconds.
func Instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (e *ecrivain) refuse(nom, detail string) {
	if e.err == nil {
		e.err = &simphonie.Erreur{Code: "SOAP-CONTEXTE", Chemin: e.racine + "." + nom, Detail: detail}
	}
}

func (e *ecrivain) finit() ([]byte, error) {
	e.ferme(e.racine)
	if e.err != nil {
		return nil, e.err
	}
	return e.b.Bytes(), nil
}
