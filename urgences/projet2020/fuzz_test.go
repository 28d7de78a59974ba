package projet2020_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie/urgences"
	"github.com/simphonie/simphonie/urgences/projet2020"
)

// FuzzPassage: any JSON is read or refused, and what is read is priced without
// a panic, its invoice proven.
func FuzzPassage(f *testing.F) {
	o := options(f)
	for _, debut := range []string{"2021-06-01 10:00", "2022-06-01 10:00"} {
		p := ordinaire(f, debut)
		charge(p)
		b, err := json.Marshal(p)
		require.NoError(f, err)
		f.Add(bytes.Replace(b, []byte("1970-**-**"), []byte("1970-06-15"), 1))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := projet2020.ParsePassage(b)
		if err != nil {
			return
		}
		if r, err := projet2020.Compute(&p, o); err == nil && r.Issue == urgences.Facturable {
			prouve(t, &r)
		}
	})
}

// FuzzCatalogue: any JSON is a checked catalogue or an error; a catalogue reads
// its own definition back and covers every age.
func FuzzCatalogue(f *testing.F) {
	for _, d := range []projet2020.Definition{definition2021(), definition2022()} {
		b, err := json.Marshal(d)
		require.NoError(f, err)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := projet2020.LoadCatalogue(bytes.NewReader(b))
		if err != nil {
			return
		}
		require.GreaterOrEqual(t, len(c.Lettres()), 8)
		o := options(t)
		o.Catalogue2021, o.Catalogue2022 = c, c
		require.Error(t, o.Validate(), "one of the two places is not its own")
	})
}
