// Package roctest proves codecs of ROC: RunCodecSuite holds the codec that an
// editor wrote from the norm HospiAMC to what the client expects of it.
package roctest
