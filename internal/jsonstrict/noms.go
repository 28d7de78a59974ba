package jsonstrict

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"sync"

	"github.com/simphonie/simphonie"
)

// controle walks over the names of a document: encoding/json takes a name
// whatever its case, and the last of two equal names in silence.
func controle(b []byte, t reflect.Type) error {
	connus := nomsDe(t)
	d := json.NewDecoder(bytes.NewReader(b))
	type objet struct {
		vus     map[string]bool // nil in an array
		attends bool            // the next string is a name
	}
	var pile []objet
	for {
		avant := d.InputOffset()
		x, err := d.Token()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return nil // the decoder proper says what is wrong, and where
		}
		sommet := len(pile) - 1
		nom, texte := x.(string)
		switch {
		case x == json.Delim('{'):
			pile = append(pile, objet{map[string]bool{}, true})
			continue
		case x == json.Delim('['):
			pile = append(pile, objet{})
			continue
		case x == json.Delim('}') || x == json.Delim(']'):
			pile = pile[:sommet]
			sommet--
		case texte && sommet >= 0 && pile[sommet].attends:
			ici := avant + int64(bytes.IndexByte(b[avant:], '"'))
			if !connus[nom] {
				return place(b, ici, &simphonie.Erreur{Code: "JSON-CHAMP", Chemin: lisible(nom),
					Detail: "unknown field: the documented names are wanted, to the letter"})
			}
			if pile[sommet].vus[nom] {
				return place(b, ici, &simphonie.Erreur{Code: "JSON-DOUBLE", Chemin: nom, Detail: "the field stands twice in its object"})
			}
			pile[sommet].vus[nom], pile[sommet].attends = true, false
			continue
		}
		if sommet >= 0 && pile[sommet].vus != nil {
			pile[sommet].attends = true // a value has ended
		}
	}
}

// lisible gives back the name of a field if it looks like one: what stands in
// its place may be anything.
func lisible(nom string) string {
	for _, c := range nom {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return ""
		}
	}
	if len(nom) > 40 {
		return ""
	}
	return nom
}

// Nomme is a type that reads its own JSON and says which names it knows.
type Nomme interface{ JSONNames() []string }

var noms sync.Map // reflect.Type → map[string]bool

// nomsDe lists every name that a type knows, however deep.
func nomsDe(t reflect.Type) map[string]bool {
	if m, ok := noms.Load(t); ok {
		return m.(map[string]bool)
	}
	m := map[string]bool{}
	ajouteNoms(t, m, map[reflect.Type]bool{})
	noms.Store(t, m)
	return m
}

func ajouteNoms(t reflect.Type, m map[string]bool, vus map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || vus[t] {
		return
	}
	vus[t] = true
	if n, ok := reflect.New(t).Interface().(Nomme); ok {
		for _, nom := range n.JSONNames() {
			m[nom] = true
		}
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		if nom, _, _ := strings.Cut(f.Tag.Get("json"), ","); nom != "" {
			m[nom] = true
		} else if !f.Anonymous {
			m[f.Name] = true
		}
		ajouteNoms(f.Type, m, vus)
	}
}
