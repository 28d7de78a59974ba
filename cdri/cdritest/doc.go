// Package cdritest holds what tests of CDRi need.
//
// RunCodecSuite holds a codec, the SDK's or an editor's own, to what the client
// expects of it. The editor brings the other side, which writes answers; for
// the reference messages that is ReferenceReponse and ReferenceLot, written from
// docs/CDRI-REFERENCE.md and from nothing of the codec.
package cdritest
