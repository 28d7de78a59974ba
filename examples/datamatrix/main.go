// Command datamatrix reads the codes of images, or a text that a scanner sent,
// and says what they hold.
//
//	datamatrix [-json] [-clair] FILE…
//
// Each FILE is a PNG, JPEG or GIF image, or - for raw text on standard input.
// With -json it writes one JSON object a code. Personal fields are masked
// unless -clair. The exit status is 1 when nothing was read, 2 for a wrong
// command line.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/datamatrix"
)

func main() {
	ctx, arrete := signal.NotifyContext(context.Background(), os.Interrupt)
	defer arrete()
	os.Exit(execute(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// resultat is what -json writes for a code.
type resultat struct {
	File     string           `json:"file"`
	Kind     datamatrix.Genre `json:"kind"`
	Text     string           `json:"text"`
	Position position         `json:"position"`
	AIM      string           `json:"aim,omitempty"`
	Repairs  []simphonie.Code `json:"repairs"`
	Warnings []simphonie.Code `json:"warnings,omitempty"`
	// Keys are the candidates for the directory of insurers.
	Keys  []simphonie.CleAMC `json:"keys,omitempty"`
	Error *echec             `json:"error,omitempty"`
}

// position is the span of a text in octets, or the corners of a symbol in pixels.
type position struct {
	Start   int                `json:"start,omitempty"`
	End     int                `json:"end,omitempty"`
	Corners []datamatrix.Point `json:"corners,omitempty"`
	Angle   float64            `json:"angle,omitempty"`
	Count   int                `json:"count,omitempty"`
}

type echec struct {
	Code    simphonie.Code `json:"code"`
	Octet   int            `json:"octet"`
	Message string         `json:"message"`
}

func execute(ctx context.Context, args []string, entree io.Reader, sortie, erreurs io.Writer) int {
	f := flag.NewFlagSet("datamatrix", flag.ContinueOnError)
	f.SetOutput(erreurs)
	enJSON := f.Bool("json", false, "write one JSON object a code")
	clair := f.Bool("clair", false, "show personal fields")
	f.Usage = func() {
		fmt.Fprintln(erreurs, "usage: datamatrix [-json] [-clair] FILE… (- reads text from standard input)")
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil || f.NArg() == 0 {
		if err == nil {
			f.Usage()
		}
		return 2
	}
	e := ecrivain{sortie: sortie, enJSON: *enJSON, clair: *clair}
	for _, nom := range f.Args() {
		if err := e.fichier(ctx, nom, entree); err != nil {
			fmt.Fprintf(erreurs, "datamatrix: %s: %v\n", nom, err)
		}
	}
	if e.err != nil {
		fmt.Fprintf(erreurs, "datamatrix: %v\n", e.err)
		return 1
	}
	if e.lus == 0 {
		return 1
	}
	return 0
}

// ecrivain writes what is read and counts it.
type ecrivain struct {
	sortie        io.Writer
	enJSON, clair bool
	lus           int
	err           error
}

// maxTexte bounds standard input a little above what ParseText takes.
const maxTexte = 64 << 10

func (e *ecrivain) fichier(ctx context.Context, nom string, entree io.Reader) error {
	if nom == "-" {
		b, err := io.ReadAll(io.LimitReader(entree, maxTexte))
		if err != nil {
			return err
		}
		l, err := datamatrix.ParseText(b, datamatrix.OptionsTexte{})
		if err == nil {
			e.lus++
		}
		e.ecris(nom, l, l.Texte, err, position{End: len(b)})
		return err
	}
	f, err := os.Open(nom)
	if err != nil {
		return err
	}
	defer f.Close()
	symboles, err := litImage(ctx, f)
	e.lus += len(symboles)
	for _, s := range symboles {
		e.ecris(nom, s.Lecture, s.Contenu, s.Erreur, position{Corners: s.Coins[:], Angle: s.Angle, Count: s.Occurrences})
	}
	if err == nil && len(symboles) == 0 {
		err = errors.New("no code was found")
	}
	return err
}

// ecris writes one code; texte is what -clair shows of it.
func (e *ecrivain) ecris(nom string, l datamatrix.Lecture, texte simphonie.Confidentiel, erreur error, p position) {
	r := resultat{File: nom, Kind: l.Genre, Text: l.Masque(), Position: p, AIM: l.AIM,
		Repairs: l.CodesReparation(), Warnings: l.Anomalies().Codes()}
	if e.clair {
		if r.Text = texte.Clair(); r.Text == "" {
			r.Text = l.Brut.Clair()
		}
	}
	var err *datamatrix.Erreur
	if errors.As(erreur, &err) {
		r.Error = &echec{err.Code, err.Octet, err.Message()}
	}
	var anomalies simphonie.Anomalies
	if a, ok := l.Valeur.(datamatrix.AttestationAMC); ok {
		r.Keys, anomalies = a.Cles(nil)
		r.Warnings = append(r.Warnings, anomalies.Codes()...)
	}
	if e.err == nil {
		if e.enJSON {
			enc := json.NewEncoder(e.sortie)
			enc.SetEscapeHTML(false)
			e.err = enc.Encode(r)
		} else {
			e.err = imprime(e.sortie, r, l, anomalies)
		}
	}
}

// imprime writes a reading for a person.
func imprime(w io.Writer, r resultat, l datamatrix.Lecture, anomalies simphonie.Anomalies) error {
	t := fmt.Sprintf("%s : %s\n  %s\n", r.File, r.Kind, r.Text)
	for _, x := range l.Reparations {
		t += fmt.Sprintf("  réparé     %s %s\n", x.Code, x.Message)
	}
	for _, x := range append(l.Anomalies(), anomalies...) {
		t += fmt.Sprintf("  %-10s %s %s\n", x.Gravite, x.Code, x.Message)
	}
	for _, c := range r.Keys {
		t += fmt.Sprintf("  annuaire   %s : AMC %s, convention %s, CSR %q\n", c.Domaine, c.Numero, c.Convention, c.CSR)
	}
	if r.Error != nil {
		t += fmt.Sprintf("  illisible  %s %s (octet %d)\n", r.Error.Code, r.Error.Message, r.Error.Octet)
	}
	_, err := io.WriteString(w, t)
	return err
}
