// Package catalogue gathers the rules of every room and writes their page.
package catalogue

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/annuaire"
	"github.com/simphonie/simphonie/cdri"
	"github.com/simphonie/simphonie/cdri/reference"
	"github.com/simphonie/simphonie/datamatrix"
	"github.com/simphonie/simphonie/diapason"
	"github.com/simphonie/simphonie/diapason/moyens"
	"github.com/simphonie/simphonie/diapason/payfip"
	"github.com/simphonie/simphonie/diapason/rapprochement"
	"github.com/simphonie/simphonie/droits"
	"github.com/simphonie/simphonie/droits/vitale"
	"github.com/simphonie/simphonie/facture"
	"github.com/simphonie/simphonie/fides"
	"github.com/simphonie/simphonie/fides/ace"
	"github.com/simphonie/simphonie/fides/b2"
	"github.com/simphonie/simphonie/fides/sejour"
	"github.com/simphonie/simphonie/insi"
	"github.com/simphonie/simphonie/internal/maison"
	"github.com/simphonie/simphonie/roc"
	rocreference "github.com/simphonie/simphonie/roc/reference"
	"github.com/simphonie/simphonie/tarif"
	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// Section is the rules of one room.
type Section struct {
	Prefixe, Titre  string
	Regles          []simphonie.Regle
	Interpretations []simphonie.Interpretation
}

// Sections lists the rooms that have codes.
func Sections() []Section {
	return []Section{
		{Prefixe: "ID", Titre: "Valeurs et identifiants"},
		{Prefixe: "TARIF", Titre: "Tarifs et listes"},
		{Prefixe: "DROITS", Titre: "Droits", Regles: slices.Concat(droits.Regles(), vitale.Regles()), Interpretations: droits.InterpretationsPossibles()},
		{Prefixe: "FAC", Titre: "Facture", Regles: facture.Regles()},
		{Prefixe: "URG", Titre: "Urgences", Regles: urgences.Regles(), Interpretations: urgences.InterpretationsPossibles()},
		{Prefixe: "P20", Titre: "Urgences, projet 2020 jamais en vigueur", Regles: projet2020.Regles(), Interpretations: projet2020.InterpretationsPossibles()},
		{Prefixe: "B2", Titre: "Norme B2", Regles: b2.Regles()},
		{Prefixe: "FID", Titre: "Facture AMO et fichiers", Regles: fides.Regles(), Interpretations: fides.InterpretationsPossibles()},
		{Prefixe: "ACE", Titre: "Soins externes", Regles: ace.Regles(), Interpretations: ace.InterpretationsPossibles()},
		{Prefixe: "NOM", Titre: "Nomenclatures des soins externes"},
		{Prefixe: "SEJ", Titre: "Séjours", Regles: sejour.Regles(), Interpretations: sejour.InterpretationsPossibles()},
		{Prefixe: "TSV", Titre: "Téléservices"},
		{Prefixe: "CDRI", Titre: "CDRi", Regles: append(cdri.Regles(), reference.Regles()...), Interpretations: cdri.InterpretationsPossibles()},
		{Prefixe: "DM", Titre: "DataMatrix", Regles: datamatrix.Regles()},
		{Prefixe: "JRN", Titre: "Journal des échanges"},
		{Prefixe: "ANN", Titre: "Annuaire AMC", Regles: annuaire.Regles()},
		{Prefixe: "ROC", Titre: "ROC", Regles: slices.Concat(roc.Regles(), rocreference.Regles())},
		{Prefixe: "TPE", Titre: "Terminal de paiement"},
		{Prefixe: "PAYFIP", Titre: "PayFiP", Regles: payfip.Regles()},
		{Prefixe: "MOY", Titre: "Moyens de paiement", Regles: moyens.Regles(), Interpretations: moyens.InterpretationsPossibles()},
		{Prefixe: "RAPP", Titre: "Rapprochement des encaissements", Regles: rapprochement.Regles()},
		{Prefixe: "INSI", Titre: "INSi", Regles: insi.Regles()},
		{Prefixe: "DIA", Titre: "DIAPASON", Regles: diapason.Regles()},
	}
}

// mecanismes are the prefixes of errors that belong to no room.
var mecanismes = []Section{{Prefixe: "CAL", Titre: "Calendrier et heures"}, {Prefixe: "JSON", Titre: "Lecture de JSON"}, {Prefixe: "DBF", Titre: "Lecture de tables dBase"},
	{Prefixe: "XML", Titre: "Lecture de XML"}, {Prefixe: "SAML", Titre: "Assertions SAML"}, {Prefixe: "SOAP", Titre: "Messages SOAP"}}

// Page writes docs/REGLES.md: every rule with its source, every open question
// with its answers, every rounding point, and the code of every error of the source.
func Page(racine string) (string, error) {
	erreurs, err := codesErreur(racine)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("# Règles, questions ouvertes et codes d'erreur\n\nÉcrit par `go run ./internal/outils/regles`. Les textes français se remplacent par une table `simphonie.Messages`.\n")
	b.WriteString("Gravité : une règle sans gravité décide ou calcule ; `a-verifier` et `bloquante` arrêtent la facture.\n")
	for _, s := range append(Sections(), mecanismes...) {
		fmt.Fprintf(&b, "\n## %s (`%s-…`)\n", s.Titre, s.Prefixe)
		if len(s.Regles) > 0 {
			b.WriteString("\n| Code | Source | Gravité | Texte |\n|---|---|---|---|\n")
			for _, r := range s.Regles {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", r.Code, r.Source, r.Gravite, r.Message)
			}
		}
		if len(s.Interpretations) > 0 {
			b.WriteString("\n| Question ouverte | Source | Question | Réponses (la première par défaut) |\n|---|---|---|---|\n")
			for _, i := range s.Interpretations {
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", i.Code, i.Source, i.Question, strings.Join(i.Choix, ", "))
			}
		}
		if cs := sans(erreurs[s.Prefixe], s.Regles); len(cs) > 0 {
			b.WriteString("\nErreurs d'appel : `" + strings.Join(cs, "`, `") + "`.\n")
		}
	}
	b.WriteString("\n## Points d'arrondi (`ARR-…`)\n\n| Code | Source | Décimales | Mode | Où |\n|---|---|---|---|---|\n")
	for _, p := range tarif.PointsArrondi() {
		fmt.Fprintf(&b, "| `%s` | %s | %d | %s | %s |\n", p.Code, p.Source, p.Decimales, p.Mode, p.Texte)
	}
	return b.String(), nil
}

// sans drops the codes of rules.
func sans(codes []string, rs []simphonie.Regle) []string {
	return slices.DeleteFunc(codes, func(c string) bool {
		return slices.ContainsFunc(rs, func(r simphonie.Regle) bool { return string(r.Code) == c })
	})
}

var code = regexp.MustCompile(`^([A-Z][A-Z0-9]*)-[A-Z0-9-]*[A-Z0-9]`)

// codesErreur finds, by prefix, the codes that stand in the source.
func codesErreur(racine string) (map[string][]string, error) {
	fs, err := maison.Lit(racine)
	if err != nil {
		return nil, err
	}
	par := map[string][]string{}
	for _, f := range fs {
		// Simulators speak with the names and codes of others.
		if f.Test || strings.HasSuffix(f.Paquet(), "test") || strings.HasPrefix(f.Chemin, "internal/outils") || strings.HasPrefix(f.Chemin, "examples") {
			continue
		}
		ast.Inspect(f.AST, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				s, _ := strconv.Unquote(l.Value)
				if m := code.FindStringSubmatch(s); m != nil {
					par[m[1]] = append(par[m[1]], m[0])
				}
			}
			return true
		})
	}
	for p := range par {
		slices.Sort(par[p])
		par[p] = slices.Compact(par[p])
	}
	return par, nil
}
