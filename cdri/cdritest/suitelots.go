package cdritest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie/cdri/modele"
)

// lots holds a codec of batches to its correlations.
func (s *suite) lots(c modele.CodecLot) {
	if s.e.Lot == nil {
		return
	}
	max := c.Profil().LotMax
	for _, n := range []int{1, 2, max} {
		if _, err := s.encodeLot("lot", c, s.lignes(n)); err != nil {
			s.faute("lot", "%d lines are refused: %v", n, err)
		}
	}
	double := s.lignes(2)
	double[1].Correlation = double[0].Correlation
	nulle := s.lignes(2)
	nulle[1].Demande = nil
	for nom, ls := range map[string][]modele.LigneDemande{"vide": nil, "trop long": s.lignes(max + 1), "avec deux fois la même corrélation": double,
		"avec une demande absente": nulle, "avec une corrélation vide": {{Demande: ptr(demandeMinimale())}}} {
		if max >= 1<<20 && nom == "trop long" {
			continue
		}
		if _, err := s.encodeLot("lot "+nom, c, ls); err == nil {
			s.faute("lot "+nom, "is written: an error is wanted")
		}
	}
	s.reponsesLot(c)
}

func (s *suite) lignes(n int) []modele.LigneDemande {
	ls := make([]modele.LigneDemande, n)
	for i := range ls {
		d := demandeMinimale()
		d.Rang = fmt.Sprint(1 + i%9)
		ls[i] = modele.LigneDemande{Correlation: fmt.Sprint(i + 1), Demande: &d}
	}
	return ls
}

// reponsesLot writes the examples, some errors among them, shuffled, with a
// line twice and one that nobody asked: all come back, each under its own name.
func (s *suite) reponsesLot(c modele.CodecLot) {
	var ls []modele.LigneReponse
	for i, ex := range s.exemples() {
		ls = append(ls, modele.LigneReponse{Correlation: fmt.Sprintf("L%d", i), Reponse: ex.reponse})
	}
	ls = append(ls,
		modele.LigneReponse{Correlation: "E1", Erreur: &modele.ErreurLigne{Code: "PANNE", Libelle: prive("ADRTROIS en panne"), Reessayable: true}},
		modele.LigneReponse{Correlation: "E2", Erreur: &modele.ErreurLigne{Code: "REFUS"}},
		modele.LigneReponse{Correlation: "L0", Reponse: s.exemples()[1].reponse},
		modele.LigneReponse{Correlation: "personne", Reponse: s.exemples()[0].reponse})
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(ls), func(i, j int) { ls[i], ls[j] = ls[j], ls[i] })
	for _, attendues := range [][]modele.LigneReponse{nil, ls[:1], ls} {
		el, err := s.e.Lot(attendues)
		if err != nil || el == nil {
			s.faute("réponse de lot", "the writer fails: %v", err)
			return
		}
		if el = s.relit("réponse de lot", el); el == nil {
			return
		}
		lues, err := s.decodeLot("réponse de lot", c, el)
		if err != nil {
			s.faute("réponse de lot", "refused: %v", err)
			return
		}
		if !slices.EqualFunc(lues, attendues, memeLigne) {
			s.faute("réponse de lot", "the lines read are not those written")
		}
		s.sansDonnees("réponse de lot", lues)
	}
	for nom, el := range map[string]*etree.Element{"rien": nil, "autre chose": etree.NewElement("x")} {
		if _, err := s.decodeLot("réponse de lot, "+nom, c, el); err == nil {
			s.faute("réponse de lot, "+nom, "is read as an answer")
		}
	}
}

func memeLigne(a, b modele.LigneReponse) bool {
	switch {
	case a.Correlation != b.Correlation || (a.Reponse == nil) != (b.Reponse == nil) || (a.Erreur == nil) != (b.Erreur == nil):
		return false
	case a.Erreur != nil && *a.Erreur != *b.Erreur:
		return false
	}
	return a.Reponse == nil || memes(a.Reponse, b.Reponse)
}

func (s *suite) encodeLot(cas string, c modele.CodecLot, ls []modele.LigneDemande) (el *etree.Element, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.faute(cas, "EncodeLot panics: %v", p)
			err = fmt.Errorf("panic")
		}
	}()
	return c.EncodeLot(ls)
}

func (s *suite) decodeLot(cas string, c modele.CodecLot, el *etree.Element) (ls []modele.LigneReponse, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.faute(cas, "DecodeLot panics: %v", p)
			err = fmt.Errorf("panic")
		}
	}()
	ls, err = c.DecodeLot(el)
	if err != nil {
		s.sansDonnees(cas, err)
	}
	return ls, err
}
