package simphonie

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// EnClair writes a masked value whole in JSON and text, for storage that the
// caller protects. Reading goes through the value's own UnmarshalText.
type EnClair[T Clairable] struct{ Valeur T }

// MarshalText gives the value whole.
func (e EnClair[T]) MarshalText() ([]byte, error) { return []byte(e.Valeur.Clair()), nil }

// UnmarshalText reads what MarshalText wrote.
func (e *EnClair[T]) UnmarshalText(b []byte) error {
	u, ok := any(&e.Valeur).(encoding.TextUnmarshaler)
	if !ok {
		return &Erreur{Code: "ID-EN-CLAIR", Detail: fmt.Sprintf("%T cannot be read back", e.Valeur)}
	}
	return u.UnmarshalText(b)
}

// MarshalEnClair is json.Marshal with every masked value inside v written
// whole, however deep. The result holds personal data: it is for storage that
// the caller protects. The ordinary decoders read it back.
func MarshalEnClair(v any) ([]byte, error) {
	var b bytes.Buffer
	if err := enClair(&b, reflect.ValueOf(v)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

var typeClairable = reflect.TypeFor[Clairable]()

func enClair(b *bytes.Buffer, v reflect.Value) error {
	if !v.IsValid() {
		b.WriteString("null")
		return nil
	}
	if v.Type().Implements(typeClairable) && v.Kind() != reflect.Pointer {
		return ordinaire(b, reflect.ValueOf(v.Interface().(Clairable).Clair()))
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("null")
			return nil
		}
		return enClair(b, v.Elem())
	case reflect.Struct:
		if !ecritSeul(v) {
			return structEnClair(b, v)
		}
	case reflect.Slice, reflect.Array:
		if v.Kind() == reflect.Slice && (v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8) || ecritSeul(v) {
			break
		}
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := enClair(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	}
	return ordinaire(b, v)
}

// ecritSeul says that a value has a form of its own.
func ecritSeul(v reflect.Value) bool {
	_, json := v.Interface().(json.Marshaler)
	_, texte := v.Interface().(encoding.TextMarshaler)
	return json || texte
}

func ordinaire(b *bytes.Buffer, v reflect.Value) error {
	j, err := json.Marshal(v.Interface())
	b.Write(j)
	return err
}

// structEnClair writes the fields under the names and options of their tags.
func structEnClair(b *bytes.Buffer, v reflect.Value) error {
	b.WriteByte('{')
	premier := true
	if err := champsEnClair(b, v, &premier); err != nil {
		return err
	}
	b.WriteByte('}')
	return nil
}

func champsEnClair(b *bytes.Buffer, v reflect.Value, premier *bool) error {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		nom, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && nom == "" && f.Type.Kind() == reflect.Struct:
			if err := champsEnClair(b, v.Field(i), premier); err != nil {
				return err
			}
			continue
		case !f.IsExported() || nom == "-":
			continue
		case nom == "":
			nom = f.Name
		}
		if strings.Contains(options, "omitzero") && v.Field(i).IsZero() || strings.Contains(options, "omitempty") && vide(v.Field(i)) {
			continue
		}
		if !*premier {
			b.WriteByte(',')
		}
		*premier = false
		fmt.Fprintf(b, "%q:", nom)
		if err := enClair(b, v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

// vide is what omitempty leaves out.
func vide(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
