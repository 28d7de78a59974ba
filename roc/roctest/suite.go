package roctest

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/roc/modele"
)

// SuiteT is the part of *testing.T that RunCodecSuite uses.
type SuiteT interface {
	Helper()
	Errorf(format string, args ...any)
}

// Ecrivain is the server's side of a format: what the editor of a codec brings
// so that its decoders have something to read. It is better written apart from
// the codec.
type Ecrivain struct {
	IDB        func(*modele.Identification) (*etree.Element, error)
	SIM        func(*modele.Simulation) (*etree.Element, error)
	CLC        func(*modele.Calcul) (*etree.Element, error)
	Annulation func(*modele.Annulation) (*etree.Element, error)
	// Issues are the outcomes that the format has; one at least is Accepte. An
	// outcome whose Sens is SensAVerifier stands for a code that it does not have.
	Issues []modele.Issue
	// Efface removes from an answer what the format does not carry: it is called
	// with each of the four answers. Nil when it carries the whole model.
	Efface func(any)
}

// RunCodecSuite holds a codec to what the client expects: requests say all that
// was asked, answers come back as they were written, a simulation is never read
// as a CLC nor the reverse, and a broken message gives an error or the same
// amounts, never others. Nothing panics, and no error holds personal data.
func RunCodecSuite(t SuiteT, c modele.Codec, e Ecrivain) {
	t.Helper()
	s := &suite{t: t, c: c, e: e}
	accepte := false
	for _, i := range e.Issues {
		accepte = accepte || i.Sens == modele.Accepte
	}
	if e.IDB == nil || e.SIM == nil || e.CLC == nil || e.Annulation == nil || !accepte {
		t.Errorf("Ecrivain: the four writers, and the outcome Accepte, are wanted")
		return
	}
	s.profil()
	s.demandes()
	s.reponses()
	s.confusions()
	s.brouillage()
}

type suite struct {
	t SuiteT
	c modele.Codec
	e Ecrivain
}

func (s *suite) faute(cas, format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s: "+format, append([]any{cas}, args...)...)
}

func (s *suite) profil() {
	p := s.c.Profil()
	if p.Nom == "" || p.Version == "" || p.SOAP != modele.SOAP11 && p.SOAP != modele.SOAP12 {
		s.faute("profil", "name, version and version of SOAP are all wanted")
	}
	if p.Officiel && !p.Specification.Connue() {
		s.faute("profil", "an official codec says which specification it follows")
	}
	for x := modele.IDB; x <= modele.DEL; x++ {
		if _, ok := p.Actions[x]; !ok {
			s.faute("profil", "%s has no action; an empty one is said explicitly", x)
		}
	}
}

// sur runs f and turns a panic into a fault.
func (s *suite) sur(cas string, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			s.faute(cas, "panic: %v", p)
			err = fmt.Errorf("panic")
		}
	}()
	if err = f(); err != nil {
		for _, secret := range secrets {
			if strings.Contains(err.Error(), secret) {
				s.faute(cas, "an error holds personal data")
			}
		}
	}
	return err
}

// relit gives a message as it comes from the wire; nil when it does not stand alone.
func (s *suite) relit(cas string, el *etree.Element) *etree.Element {
	if el == nil {
		s.faute(cas, "there is no message")
		return nil
	}
	b, err := etree.NewDocumentWithRoot(el.Copy()).WriteToBytes()
	d := etree.NewDocument()
	if err == nil {
		err = d.ReadFromBytes(b)
	}
	if err != nil || d.Root() == nil {
		s.faute(cas, "the message does not stand alone as XML: %v", err)
		return nil
	}
	return d.Root()
}

func texte(el *etree.Element) string {
	s, _ := etree.NewDocumentWithRoot(el.Copy()).WriteToString()
	return s
}

// service is one of the four decoders, with its writer and its answers.
type service struct {
	nom      string
	modeles  []any
	ecrit    func(any) (*etree.Element, error)
	decode   func(*etree.Element) (any, error)
	montants func(any) []modele.Montant
}

func (s *suite) services() []service {
	return []service{
		{"IDB", s.identifications(), func(x any) (*etree.Element, error) { return s.e.IDB(x.(*modele.Identification)) },
			func(el *etree.Element) (any, error) { return rien(s.c.DecodeIDB(el)) }, func(any) []modele.Montant { return nil }},
		{"SIM", s.simulations(), func(x any) (*etree.Element, error) { return s.e.SIM(x.(*modele.Simulation)) },
			func(el *etree.Element) (any, error) { return rien(s.c.DecodeSIM(el)) }, func(x any) []modele.Montant { return x.(*modele.Simulation).Montants }},
		{"CLC", s.calculs(), func(x any) (*etree.Element, error) { return s.e.CLC(x.(*modele.Calcul)) },
			func(el *etree.Element) (any, error) { return rien(s.c.DecodeCLC(el)) }, func(x any) []modele.Montant { return x.(*modele.Calcul).Montants }},
		{"annulation", s.annulations(), func(x any) (*etree.Element, error) { return s.e.Annulation(x.(*modele.Annulation)) },
			func(el *etree.Element) (any, error) { return rien(s.c.DecodeAnnulation(el)) }, func(any) []modele.Montant { return nil }},
	}
}

// rien keeps a nil answer from hiding in an interface.
func rien[R any](r *R, err error) (any, error) {
	if err == nil && r == nil {
		err = errVide
	}
	return r, err
}

var errVide = &simphonie.Erreur{Code: "ROC-CODEC", Service: "ROC", Detail: "the codec gave neither an answer nor an error"}

// reponses: what was written comes back.
func (s *suite) reponses() {
	for _, x := range s.services() {
		for i, m := range x.modeles {
			cas := fmt.Sprintf("%s, answer %d", x.nom, i+1)
			el, err := x.ecrit(m)
			if err != nil {
				s.faute(cas, "the writer fails: %v", err)
				continue
			}
			if el = s.relit(cas, el); el == nil {
				continue
			}
			var lu any
			if err := s.sur(cas, func() (err error) { lu, err = x.decode(el); return err }); err != nil {
				s.faute(cas, "a good answer is refused: %v", err)
				continue
			}
			if s.e.Efface != nil {
				s.e.Efface(m)
				s.e.Efface(lu)
			}
			if !reflect.DeepEqual(m, lu) {
				s.faute(cas, "the answer does not come back as it was written")
			}
		}
		if err := s.sur(x.nom+", nil", func() error { _, err := x.decode(nil); return err }); err == nil {
			s.faute(x.nom+", nil", "no message is read as an answer")
		}
	}
}

// confusions: the answer of a service is not read as that of another.
func (s *suite) confusions() {
	xs := s.services()
	for _, de := range xs {
		el, err := de.ecrit(de.modeles[0])
		if err != nil || el == nil {
			continue
		}
		for _, vers := range xs {
			if de.nom == vers.nom {
				continue
			}
			cas := "the answer " + de.nom + " read as " + vers.nom
			if err := s.sur(cas, func() error { _, err := vers.decode(el.Copy()); return err }); err == nil {
				s.faute(cas, "it is accepted")
			}
		}
	}
}

// brouillage: each element removed, doubled, emptied or spoiled gives an error
// or the same amounts.
func (s *suite) brouillage() {
	casse := map[string]func(*etree.Element){
		"removed": func(el *etree.Element) { el.Parent().RemoveChild(el) },
		"doubled": func(el *etree.Element) { el.Parent().AddChild(el.Copy()) },
		"emptied": func(el *etree.Element) { el.Child = nil },
		"spoiled": func(el *etree.Element) {
			if len(el.ChildElements()) == 0 {
				el.SetText(secrets[0])
			}
		},
		"commented": func(el *etree.Element) { el.InsertChildAt(0, etree.NewComment("x")) },
		"renamed":   func(el *etree.Element) { el.Tag = "Xx" + el.Tag },
	}
	for _, x := range s.services() {
		bon := x.modeles[0]
		el, err := x.ecrit(bon)
		if err != nil || el == nil {
			continue
		}
		vrais := map[int]simphonie.Montant{}
		for _, m := range x.montants(bon) {
			vrais[m.Ligne] = m.Part
		}
		for n := range len(el.FindElements("//*")) {
			for genre, f := range casse {
				copie := etree.NewDocumentWithRoot(el.Copy())
				tous := copie.Root().FindElements("//*")
				if n >= len(tous) || tous[n] == copie.Root() {
					continue
				}
				cas := fmt.Sprintf("%s, %s %s", x.nom, tous[n].GetPath(), genre)
				f(tous[n])
				var lu any
				if s.sur(cas, func() (err error) { lu, err = x.decode(copie.Root()); return err }) != nil {
					continue
				}
				for _, m := range x.montants(lu) {
					if vrai, ok := vrais[m.Ligne]; !ok || vrai != m.Part {
						s.faute(cas, "another amount is read for line %d", m.Ligne+1)
					}
				}
			}
		}
	}
}
