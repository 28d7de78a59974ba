// Package cdri asks CDRi, the teleservice that gives an establishment the
// rights of a patient in every régime.
//
//	c, err := cdri.New(cdri.Config{Canal: canal, Codec: codec})
//	r, err := c.Consulte(ctx, cdri.Demande{
//		EJ: "750712184", Moment: cdri.Admission,
//		Assure: nir, Naissance: naissance, Rang: "1", Regime: "01",
//	})
//	switch r.Issue.Sens {
//	case cdri.Trouve:
//		// r.Droits is a droits.Acquisition: droits.Resoudre reads it on a day
//	}
//
// The answer is kept as it came. What somebody must look at (a code without a
// published meaning, an outcome that the codec does not know, another person
// than the one asked about) is in r.Anomalies. A request that cannot be sent is
// an error around *Refus, which lists every fault. PanneDe words a failure for
// the agent and says which way to the rights is next.
//
// Three ways of asking: Client one patient at a time; Automate at each trigger
// of the software, once for a patient, a moment and a freshness window; Lot for
// many patients, by day or by night, resumed after any cut thanks to its Carnet.
//
// The wire schema of CDRi (SEL-MP-030) is handed to registered editors: they
// write the Codec, and cdritest.RunCodecSuite holds it to what is expected of
// it. Package reference is a codec that is not official, for simulators.
//
// Client, Automate and carnets are safe for concurrent use; a Lot runs once at
// a time.
package cdri
