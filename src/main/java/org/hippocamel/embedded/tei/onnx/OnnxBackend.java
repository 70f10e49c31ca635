package org.hippocamel.embedded.tei.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.hippocamel.embedded.tei.core.Backend;
import org.hippocamel.embedded.tei.core.ModelType;
import org.hippocamel.embedded.tei.core.Pooling;
import org.hippocamel.embedded.tei.core.TeiException;
import org.hippocamel.embedded.tei.core.ValidEncoding;

/**
 * One session for all threads; each run uses the calling thread alone.
 *
 * <p>The library's own session spins two threads per text and costs 1.3 to 1.6 times the CPU for
 * the same answer.
 */
public final class OnnxBackend implements Backend {
  private final String name;
  private final OrtSession session;
  private final ModelType type;
  private final Outputs outputs;
  private volatile int dimensions;

  private OnnxBackend(String name, OrtSession session, ModelType type) throws OrtException {
    this.name = name;
    this.session = session;
    this.type = type;
    this.outputs = Outputs.of(session, type);
  }

  /**
   * @param name begins every complaint
   * @throws IllegalStateException saying what is wrong with the graph
   */
  public static OnnxBackend of(String name, byte[] weights, ModelType type) {
    return load(name, type, options -> environment().createSession(weights, options));
  }

  /**
   * @param file may have its weights in other files beside it
   * @throws IllegalStateException saying what is wrong with the graph
   */
  public static OnnxBackend of(Path file, ModelType type) {
    String name = file.toString();
    return load(name, type, options -> environment().createSession(name, options));
  }

  @Override
  public ModelType modelType() {
    return type;
  }

  /**
   * Runs the model once.
   *
   * @throws IllegalStateException if it cannot, or gives another number of scores than of labels
   */
  public void warmUp(ValidEncoding input) {
    try {
      if (type instanceof ModelType.Classifier classifier) {
        int logits = predict(input).length;
        if (logits != classifier.labels().size()) {
          throw new IllegalStateException(
              "%s gives %d logits, but id2label in config.json has %d labels"
                  .formatted(name, logits, classifier.labels().size()));
        }
      } else {
        dimensions = embed(input).length;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(name + " does not run: " + e.getMessage(), e);
    }
  }

  /** Known after {@link #warmUp}. */
  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public float[] embed(ValidEncoding input) throws OrtException {
    if (outputs.pooled() != null) {
      return run(input, outputs.pooled(), 1)[0];
    }
    Pooling pooling = ((ModelType.Embedding) type).pooling();
    int rows = pooling == Pooling.CLS ? 1 : input.length();
    return pooling.pool(run(input, outputs.tokens(), rows));
  }

  @Override
  public float[][] embedAll(ValidEncoding input) throws OrtException {
    if (outputs.tokens() == null) {
      throw TeiException.backend(
          "the model has pooled vectors only, no last_hidden_state and no token_embeddings", null);
    }
    return run(input, outputs.tokens(), input.length());
  }

  @Override
  public float[] predict(ValidEncoding input) throws OrtException {
    return run(input, outputs.logits(), 1)[0];
  }

  @Override
  public void close() {
    close(session);
  }

  /** The first rows of an output, a row being its last dimension. */
  private float[][] run(ValidEncoding input, String output, int rows) throws OrtException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (String name : session.getInputNames()) {
        tensors.put(name, tensor(values(name, input)));
      }
      try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
        OnnxTensor tensor = (OnnxTensor) result.get(0);
        long[] shape = tensor.getInfo().getShape();
        return read(tensor.getFloatBuffer(), rows, (int) shape[shape.length - 1]);
      }
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static long[] values(String name, ValidEncoding input) {
    return switch (name) {
      case "input_ids" -> input.ids();
      case "token_type_ids", "input_type" -> input.typeIds();
      case "position_ids" -> LongStream.range(0, input.length()).toArray();
      default -> { // attention_mask: nothing is padded, so all of it counts
        long[] ones = new long[input.length()];
        Arrays.fill(ones, 1);
        yield ones;
      }
    };
  }

  private static float[][] read(FloatBuffer values, int rows, int width) {
    float[][] read = new float[rows][width];
    for (float[] row : read) {
      values.get(row);
    }
    return read;
  }

  private static OnnxTensor tensor(long[] values) throws OrtException {
    long[] shape = {1, values.length};
    return OnnxTensor.createTensor(environment(), LongBuffer.wrap(values), shape);
  }

  private interface Source {
    OrtSession open(OrtSession.SessionOptions options) throws OrtException;
  }

  private static OnnxBackend load(String name, ModelType type, Source source) {
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      session = source.open(options);
      return new OnnxBackend(name, session, type);
    } catch (OrtException e) {
      throw new IllegalStateException(name + " cannot be loaded: " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      close(session);
      throw new IllegalStateException(name + " " + e.getMessage(), e);
    }
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the model cannot be closed: " + e.getMessage(), e);
    }
  }

  private static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment();
  }
}
