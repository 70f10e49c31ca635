/**
 * The model: the quantised weights from the jar or the files of a directory, and the session that
 * runs one input at a time. May import the core, Jackson and ONNX Runtime.
 */
package org.hippocamel.embedded.tei.onnx;
