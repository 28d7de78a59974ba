// Command conformite runs the proofs of the module and writes
// docs/CONFORMANCE.md from what they printed, and from nothing else. What
// failed or was left out is counted too.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/simphonie/simphonie/internal/maison"
)

// preuve is one group of tests of the page.
type preuve struct{ titre, paquet, tests, texte string }

var preuves = []preuve{
	{"Coupures d'un téléservice", "./teleservice", "TestChaquePanne|TestEndurance|TestSansReprise", "Each single fault before each TLS record of each direction, then random ones; calls that commit money are made once, and none that may have left says that it did not."},
	{"Signatures et XML hostile", "./internal/saml", "Attaques|XSW|Xmlsec|Xmllint|Refuse", "Wrapping 1 to 8 and the other attacks, each refused by its own code; xmlsec1 and xmllint agree."},
	{"INSi devant son simulateur", "./insi", "Test", "Published identities, requests valid against the schemas (xmllint), answers in any order."},
	{"CDRi : lots tués et repris", "./cdri", "Coupure|Tue|Carnet|Lot", "A process killed at random: each line has one final result, none is asked again while it is fresh."},
	{"Codecs", "./cdri/cdritest", "Mutants|Suite", "The suite that every codec must pass finds each faulty one."},
	{"Journal : disque menteur", "./journal", "Disque|Coupures", "Writes lost, torn at each byte, EIO and ENOSPC; then real kills at each point."},
	{"ROC : jamais deux engagements", "./roc", "TestChaquePanne|TestPairesDePannes|TestEnsemble", "Each single fault at each message boundary of the four services, then pairs of faults on random dossiers; the simulator's ledger judges."},
	{"Dossier ROC", "./roc/dossier", "Test", "Every pair of state and event, random sequences, dossiers kept from former releases."},
	{"Soins externes", "./fides/ace", "Vecteurs|Independant|Ordre|Propriet|Monoton", "The vectors of the rules; threshold, participation and parts written a second time, on random invoices; order of lines, monotony between rights."},
	{"Séjour", "./fides/sejour", "Test", "Cases by hand; days and amounts summed a second time, day by day and debtor by debtor."},
	{"Mandat de prélèvement", "./diapason/mandat", "Test", "Every pair of state and event, vectors, random sequences judged by a second account."},
	{"Prélèvement différé : jamais deux fois", "./diapason", "ChaquePanne|PairesDePannes", "Each single fault at each boundary, then pairs of faults; the platform's ledger judges."},
	{"Prélèvement différé : processus tués", "./diapason", "Coupures", "Real kills at each named point, the process started again; the platform's ledger judges."},
	{"Terminal de paiement : jamais deux débits", "./diapason/concert", "ChaqueFaute", "Each single fault at each byte or frame, both directions, V3 and E+; the terminal's ledger judges."},
	{"Terminal de paiement : processus tués", "./diapason/concert", "Coupures", "Real kills at each named point, over TCP and a pseudo-terminal, the process started again; the terminal's ledger judges."},
	{"PayFiP : jamais deux paiements", "./diapason/payfip", "Pannes|Marche|Concurr|Test", "Each lost answer and fault, the store failing at each call, random walks of desks and patients; the page's ledger judges."},
	{"Rapprochement", "./diapason/rapprochement", "Conservation|Second|Test", "Every cent in one bucket: each item dropped or doubled breaks the equality; the matcher written a second time agrees."},
	{"Simulateur ROC", "./roc/roctest", "Test", "Requests with one slip, each refused, with nothing in the ledger."},
}

func main() {
	log.SetFlags(0)
	delai := flag.String("timeout", "30m", "time of each group of tests")
	choix := flag.String("sections", "", "run only the groups whose titles match; the others stay as they are")
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
	page := filepath.Join("docs", "CONFORMANCE.md")
	faites := parties(page)
	var b strings.Builder
	fmt.Fprintf(&b, "# Conformance\n\nWritten by `go run ./internal/outils/conformite` from what the tests printed.\n")
	echecs := 0
	for _, p := range preuves {
		if !quelles.MatchString(p.titre) && faites[p.titre] != "" {
			b.WriteString("\n## " + faites[p.titre])
			continue
		}
		n, err := p.ecrit(&b, *delai)
		if err != nil {
			log.Fatal(err)
		}
		echecs += n
	}
	b.WriteString("\n## Not covered\n\nNo real card, gateway, directory, insurer, payment terminal, payment page or platform was called: the simulators are ours. The messages of CDRi and HospiAMC are not public; those proven are the `reference` ones. No official table of prices was loaded: sets are fictitious.\n")
	if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
	if echecs > 0 {
		log.Fatalf("%d tests failed: see docs/CONFORMANCE.md", echecs)
	}
}

// parties gives the groups of a page that was written before, by title.
func parties(page string) map[string]string {
	faites := map[string]string{}
	ancienne, err := os.ReadFile(page)
	if err != nil {
		return faites // the first time
	}
	for _, p := range strings.Split(string(ancienne), "\n## ")[1:] {
		titre, _, _ := strings.Cut(p, "\n")
		faites[titre] = strings.TrimRight(p, "\n") + "\n"
	}
	return faites
}

// dit is what a test logged: file, line, text; what programs print beside does not count.
var dit = regexp.MustCompile(`^\s*\w+_test\.go:\d+: ([^=]*|SIMPHONIE_GRAINE=.*)$`)

// ecrit runs a group and writes its part; it gives the number of failures.
func (p *preuve) ecrit(b *strings.Builder, delai string) (int, error) {
	sortie, err := exec.Command("go", "test", "-json", "-count=1", "-timeout", delai, "-run", p.tests, p.paquet).Output()
	if _, echec := err.(*exec.ExitError); err != nil && !echec {
		return 0, err
	}
	bilan := map[string]int{}
	var lignes []string
	s := bufio.NewScanner(bytes.NewReader(sortie))
	s.Buffer(nil, 16<<20)
	for s.Scan() {
		var e struct{ Action, Test, Output string }
		if json.Unmarshal(s.Bytes(), &e) != nil || e.Test == "" {
			continue
		}
		if m := dit.FindStringSubmatch(strings.TrimRight(e.Output, "\n")); e.Action == "output" && m != nil {
			lignes = append(lignes, "- `"+e.Test+"`: "+m[1])
		}
		bilan[e.Action]++
	}
	if bilan["pass"]+bilan["fail"]+bilan["skip"] == 0 {
		return 0, fmt.Errorf("%s: no test matches %s\n%s", p.paquet, p.tests, sortie)
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n`%s`, tests `%s`, on %s (SIMPHONIE_COMPLET=%q): %d passed, %d failed, %d left out.\n", p.titre, p.texte, p.paquet, p.tests, time.Now().Format(time.DateOnly), os.Getenv("SIMPHONIE_COMPLET"), bilan["pass"], bilan["fail"], bilan["skip"])
	if len(lignes) > 0 {
		b.WriteString("\n" + strings.Join(lignes, "\n") + "\n")
	}
	return bilan["fail"], s.Err()
}
