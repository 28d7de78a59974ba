package diapasontest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
)

// Names of the service.
const (
	espaceSOAPPayFiP = "http://schemas.xmlsoap.org/soap/envelope/"
	espacePayFiP     = "http://securite.service.tpa.cp.finances.gouv.fr/services/mas_securite/contrat_paiement_securise/PaiementSecuriseService"
)

// champsPayFiP lists what each operation takes.
var champsPayFiP = map[string]string{
	"creerPaiementSecurise":           " exer mel montant numcli objet refdet saisie urlnotif urlredirect ",
	"recupererDetailPaiementSecurise": " idOp ",
	"recupererDetailClient":           " numCli ",
}

// requetePayFiP is a call that was understood.
type requetePayFiP struct {
	operation string
	champs    map[string]string
}

// noeud is an element as encoding/xml reads it.
type noeudPayFiP struct {
	XMLName xml.Name
	Texte   string        `xml:",chardata"`
	Fils    []noeudPayFiP `xml:",any"`
}

// lisRequete reads a call as strictly as the public sources allow: the
// operation is qualified, arg0 and what it holds are not.
func lisRequetePayFiP(r *http.Request, b []byte) (requetePayFiP, error) {
	m, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || m != "text/xml" || len(r.Header.Values("SOAPAction")) == 0 {
		return requetePayFiP{}, errors.New("text/xml and SOAPAction are wanted")
	}
	var env noeudPayFiP
	d := xml.NewDecoder(bytes.NewReader(b))
	if err := d.Decode(&env); err != nil {
		return requetePayFiP{}, errors.New("not XML")
	}
	if _, err := d.Token(); err != io.EOF {
		return requetePayFiP{}, errors.New("more than one document")
	}
	corps, ok := seulFilsPayFiP(&env, espaceSOAPPayFiP, "Envelope", "Body")
	if !ok || len(corps.Fils) != 1 {
		return requetePayFiP{}, errors.New("a SOAP 1.1 envelope with one operation is wanted")
	}
	op := &corps.Fils[0]
	connus := champsPayFiP[op.XMLName.Local]
	if op.XMLName.Space != espacePayFiP || connus == "" {
		return requetePayFiP{}, errors.New("unknown operation")
	}
	if len(op.Fils) != 1 || op.Fils[0].XMLName != (xml.Name{Local: "arg0"}) {
		return requetePayFiP{}, errors.New("arg0 in no namespace is wanted")
	}
	q := requetePayFiP{op.XMLName.Local, map[string]string{}}
	for _, c := range op.Fils[0].Fils {
		if c.XMLName.Space != "" || len(c.Fils) > 0 {
			return q, errors.New("values in no namespace are wanted")
		}
		// A name that is not known, were it by its case, is read as if it were not there.
		if !strings.Contains(connus, " "+c.XMLName.Local+" ") {
			continue
		}
		if _, deux := q.champs[c.XMLName.Local]; deux {
			return q, errors.New("a value stands twice")
		}
		q.champs[c.XMLName.Local] = c.Texte
	}
	return q, nil
}

// seulFils checks a root and gives its only child of a name.
func seulFilsPayFiP(n *noeudPayFiP, espace, racine, fils string) (*noeudPayFiP, bool) {
	if n.XMLName != (xml.Name{Space: espace, Local: racine}) || len(n.Fils) != 1 || n.Fils[0].XMLName != (xml.Name{Space: espace, Local: fils}) {
		return nil, false
	}
	return &n.Fils[0], true
}

// reponsePayFiP is an answer before the scenario spoils it.
type reponsePayFiP struct {
	statut int
	corps  string
	code   string // of the fault; "ok" without
}

// reponseDe writes an answer; the scenario may change a field of it.
func reponseDePayFiP(operation string, sc ScenarioPayFiP, champs [][2]string) reponsePayFiP {
	var b strings.Builder
	for _, c := range champs {
		c, n := sc.retouche(c)
		for range n {
			b.WriteString("<" + c[0] + ">")
			xml.EscapeText(&b, []byte(c[1]))
			b.WriteString("</" + c[0] + ">")
		}
	}
	return reponsePayFiP{200, enveloppePayFiP(`<ns2:` + operation + `Response xmlns:ns2="` + espacePayFiP + `"><return>` + b.String() + `</return></ns2:` + operation + `Response>`), "ok"}
}

func fonctionnellePayFiP(code string) reponsePayFiP {
	return fautePayFiP("FonctionnelleErreur", code, "Erreur "+code+" simulée.")
}

// fautePayFiP writes a fault of a class.
func fautePayFiP(classe, code, libelle string) reponsePayFiP {
	var t strings.Builder
	xml.EscapeText(&t, []byte(libelle))
	return reponsePayFiP{500, enveloppePayFiP(`<S:Fault><faultcode>S:Server</faultcode><faultstring>fr.gouv.finances.cp.tpa.webservice.exceptions.` + classe + `</faultstring>` +
		`<detail><ns2:` + classe + ` xmlns:ns2="` + espacePayFiP + `"><code>` + code + `</code><descriptif>` + t.String() + `</descriptif><libelle>` + t.String() +
		`</libelle><severite>2</severite></ns2:` + classe + `></detail></S:Fault>`), classe + " " + code}
}

func enveloppePayFiP(corps string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="` + espaceSOAPPayFiP + `"><S:Body>` + corps + `</S:Body></S:Envelope>`
}
