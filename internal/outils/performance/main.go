// Command performance runs the benchmarks of the module and writes
// docs/PERFORMANCE.md from what they printed, and from nothing else.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/simphonie/simphonie/internal/maison"
)

// section is one group of benchmarks of the page.
type section struct {
	titre, paquet, bench string
	reference            string // the benchmark to which the others are compared, as a ratio
	texte                string
}

var sections = []section{
	{"Un passage aux urgences", "./urgences", "Passage", "Passage/sans-explication",
		"A full visit (age forfait, three supplements, patient part), priced whole. Beside it, in the same run, the amounts alone of the same visit written plainly with shopspring/decimal: no rights, rules, dates, prices to find, nor controls."},
	{"La vie d'une facture", "./urgences", "Vie", "", "The patient part at discharge, and the fusion of the two halves with all its controls."},
	{"Soins externes", "./fides/ace", ".", "", "An invoice of six lines that reaches the threshold, priced whole, with and without its explanation; the controls of a visit."},
	{"Nomenclatures", "./fides/ace/nomenclature", "Recherche|Load", "", "Lookups of one row; the tables of 10 000 acts of the CCAM read from dBase archives and from text."},
	{"Séjour", "./fides/sejour", ".", "", "A stay of 45 days across a change of price, rights read day by day."},
	{"Norme B2", "./fides/b2", "Decode|Encode|Limite|Ordinaire", "Decode",
		"Records of an invoice, on one core. Decode checks every zone; DecodeBlocs adds order, keys and totals; DecodeVues the typed values. LimiteLignes only splits the lines; Ordinaire is the plain way (bufio.Scanner, substrings, strconv) for a few zones, OrdinaireToutesZones for all of them."},
	{"Du passage au fichier B2", "./fides", ".", "", "A priced visit converted, controlled, written into a file, and a file read back with all its controls."},
	{"Assertion SAML", "./internal/saml", ".", "",
		"An assertion of a professional card signed and verified, beside raw RSA-2048 and beside goxmldsig on the same assertion, from the parsed tree and from bytes; exclusive canonicalisation alone. With SIMPHONIE_COMPLET=1, also xmlsec1 repeating the operation in one process, path to the root included."},
	{"Lire du XML", "./internal/xmlguard", ".", "", "An answer of 20 kB through the gate of inbound XML, beside etree and encoding/xml, which check less."},
	{"Un appel à un téléservice", "./teleservice", "Appel", "Appel/post-nu",
		"One call over TLS on the loopback, server included, connection kept: by mutual TLS, with a card's assertion kept or signed each time; beside it a bare POST of the same bytes, whose answer is thrown away, and the RSA-2048 signature alone."},
	{"Annuaire AMC", "./annuaire", ".", "", "A table of 100 000 rows, a fifth of them with masks, ties included: lookup, load; and an answer kept by the client, its addresses judged again."},
	{"Journal", "./journal", "Intention", "", "Intentions made durable in the file, with and without group commit."},
	{"Un dossier ROC", "./roc", "Dossier", "", "IDB, SIM and CLC over TLS on the loopback, simulator and synced journal included."},
	{"Prélèvement différé", "./diapason/mandat", ".", "", "100 000 mandates looked at on one day, few of them due, then all due (each then writes its evidence); a kept mandate read again."},
	{"Terminal de paiement", "./diapason/concert", ".", "", "A message of Concert V3 decoded; an order from intention to kept result, over TCP on the loopback, simulator and synced journal included."},
	{"Rapprochement", "./diapason/rapprochement", ".", "", "100 000 receipts against their statements: an ordinary month, and sets made to be ambiguous."},
	{"Lire un texte de douchette", "./datamatrix", "ParseText|Encode", "", "What a keyboard scanner sent, repaired and parsed; encoding with its PNG."},
	{"Lire une image", "./datamatrix/internal/lecteur", "Lire|Gozxing", "",
		"A 400×400 picture upright and at 33°, and a cluttered A4 page of 300 dots per inch (8.7 Mpx, six symbols), on one core. gozxing stops at its first symbol, reads nothing at 33° and nothing of the page: its times there are those of a failure."},
}

func main() {
	log.SetFlags(0)
	repetitions := flag.Int("count", 5, "runs of each benchmark; the median is written")
	choix := flag.String("sections", "", "measure only the sections whose titles match; the others stay as they are")
	flag.Parse()
	quelles, err := regexp.Compile(*choix)
	if err != nil {
		log.Fatal(err)
	}
	racine, err := maison.Racine(".")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.Chdir(racine); err != nil {
		log.Fatal(err)
	}
	fichier := filepath.Join("docs", "PERFORMANCE.md")
	ancienne, err := os.ReadFile(fichier)
	if err != nil {
		log.Fatal(err)
	}
	page, err := ecrit(*repetitions, quelles, string(ancienne))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(fichier, []byte(page), 0o644); err != nil {
		log.Fatal(err)
	}
}

// partie is one part of the page and what writes it.
type partie struct {
	titre string
	ecrit func(*strings.Builder) error
}

// ecrit writes the page; the parts that are not chosen are taken from the former one.
func ecrit(n int, quelles *regexp.Regexp, ancienne string) (string, error) {
	var parties []partie
	for _, s := range sections {
		parties = append(parties, partie{s.titre, func(b *strings.Builder) error {
			mesures, err := s.mesure(n)
			if err == nil {
				s.tableau(b, mesures)
			}
			return err
		}})
	}
	parties = append(parties, partie{"Images dégradées : symboles lus", rappel}, partie{"Un million de passages", million})

	faites := map[string]string{}
	for _, p := range strings.Split(ancienne, "\n## ")[1:] {
		titre, _, _ := strings.Cut(p, "\n")
		faites[titre] = strings.TrimRight(p, "\n") + "\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Performance\n\nWritten by `go run ./internal/outils/performance`: medians of several runs, on one processor. Each part says when and on what it was measured.\nMachines are shared and noisy: read the ratios before the figures.\n")
	for _, p := range parties {
		if !quelles.MatchString(p.titre) && faites[p.titre] != "" {
			b.WriteString("\n## " + faites[p.titre])
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n*%s, %s, %s/%s, %d processors, %d runs.*\n", p.titre, time.Now().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), n)
		if err := p.ecrit(&b); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// mesure is what a benchmark printed, unit by unit.
type mesure struct {
	nom   string
	units map[string][]float64
}

var ligne = regexp.MustCompile(`^Benchmark(\S+?)(-\d+)?\s+\d+\s+(.*)$`)

func (s *section) mesure(n int) ([]*mesure, error) {
	cmd := exec.Command("go", "test", s.paquet, "-run", "^$", "-bench", s.bench, "-benchmem", "-cpu", "1", "-count", strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	sortie, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", s.paquet, err, sortie)
	}
	var ms []*mesure
	par := map[string]*mesure{}
	for sc := bufio.NewScanner(bytes.NewReader(sortie)); sc.Scan(); {
		m := ligne.FindStringSubmatch(sc.Text())
		if m == nil {
			continue
		}
		x := par[m[1]]
		if x == nil {
			x = &mesure{nom: m[1], units: map[string][]float64{}}
			par[m[1]] = x
			ms = append(ms, x)
		}
		champs := strings.Fields(m[3])
		for i := 0; i+1 < len(champs); i += 2 {
			v, err := strconv.ParseFloat(champs[i], 64)
			if err != nil {
				return nil, err
			}
			x.units[champs[i+1]] = append(x.units[champs[i+1]], v)
		}
	}
	if len(ms) == 0 {
		return nil, fmt.Errorf("%s: no benchmark matches %s", s.paquet, s.bench)
	}
	return ms, nil
}

func (m *mesure) mediane(unite string) (float64, bool) {
	vs := m.units[unite]
	if len(vs) == 0 {
		return 0, false
	}
	slices.Sort(vs)
	return vs[len(vs)/2], true
}

func (s *section) tableau(b *strings.Builder, ms []*mesure) {
	fmt.Fprintf(b, "\n%s\n\n| Benchmark (`%s`) | time | MB/s | B/op | allocs/op | ratio | besides |\n|---|---:|---:|---:|---:|---:|---|\n", s.texte, s.paquet)
	var ref float64
	for _, m := range ms {
		if m.nom == s.reference {
			ref, _ = m.mediane("ns/op")
		}
	}
	for _, m := range ms {
		ns, _ := m.mediane("ns/op")
		ratio := ""
		if ref > 0 {
			ratio = fmt.Sprintf("%.2f", ns/ref)
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s |\n", m.nom, duree(ns), m.texte("MB/s"), m.texte("B/op"), m.texte("allocs/op"), ratio, m.autres())
	}
}

func (m *mesure) texte(unite string) string {
	v, ok := m.mediane(unite)
	if !ok {
		return ""
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

// autres lists the units that a benchmark reports of its own.
func (m *mesure) autres() string {
	var as []string
	for _, u := range slices.Sorted(maps.Keys(m.units)) {
		if !slices.Contains([]string{"ns/op", "MB/s", "B/op", "allocs/op"}, u) {
			as = append(as, m.texte(u)+" "+u)
		}
	}
	return strings.Join(as, ", ")
}

func duree(ns float64) string {
	switch {
	case ns == 0:
		return ""
	case ns < 1e3:
		return fmt.Sprintf("%.0f ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.2f µs", ns/1e3)
	}
	return fmt.Sprintf("%.2f ms", ns/1e6)
}

// rappel quotes the table of degraded images, as its test writes it: our reader
// beside gozxing, and beside dmtxread and ZXingReader with SIMPHONIE_COMPLET=1.
func rappel(b *strings.Builder) error {
	cmd := exec.Command("go", "test", "./datamatrix/internal/lecteur", "-run", "^TestTableau$", "-v", "-count", "1", "-timeout", "60m")
	cmd.Env = append(os.Environ(), "LECTEUR_TABLEAU=1")
	sortie, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("TestTableau: %w\n%s", err, sortie)
	}
	b.WriteString("\nImages that the tests make and spoil, seeds fixed. Symbols read correctly, wrong ones in brackets, median time of a picture. " +
		"gozxing and ZXingReader give at most one symbol of a picture. The times of dmtxread and ZXingReader include the start of the program and the decoding of a PNG file; dmtxread is told how many symbols there are, and stopped after 150 ms per megapixel. " +
		"Low contrast is beyond ZXingReader 1.4, whatever its options: it reads most of those pictures once their contrast is stretched.\n\n")
	for l := range strings.Lines(string(sortie)) {
		if i := strings.IndexByte(l, '|'); i >= 0 && strings.HasSuffix(strings.TrimSpace(l), "|") {
			b.WriteString(l[i:])
		}
	}
	return nil
}

// million quotes the example over one million visits, priced, then priced and
// written as B2 records.
func million(b *strings.Builder) error {
	b.WriteString("\nPricing, proof of each invoice, totals per debtor; with `-encode`, conversion and writing of the B2 files too, thrown away.\n")
	for _, encode := range [][]string{nil, {"-encode"}} {
		args := append([]string{"run", "./examples/parcours", "-n", "24000"}, encode...)
		sortie, err := exec.Command("go", args...).Output()
		if err != nil {
			return err
		}
		lignes := strings.Split(strings.TrimSpace(string(sortie)), "\n")
		fmt.Fprintf(b, "\n`go %s`\n\n    %s\n", strings.Join(args, " "), strings.TrimSpace(lignes[len(lignes)-1]))
	}
	return nil
}
