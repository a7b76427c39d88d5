package io.bailiwick.drools.guard;

import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.antlr.runtime.ANTLRStringStream;
import org.antlr.runtime.CommonToken;
import org.antlr.runtime.CommonTokenStream;
import org.antlr.runtime.RecognitionException;
import org.antlr.runtime.Token;
import org.antlr.runtime.TokenSource;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DRLFactory;
import org.drools.drl.parser.DroolsParserException;
import org.drools.drl.parser.lang.DRLLexer;
import org.drools.drl.parser.lang.DRLParser;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Drools' parser of rule files, with an end. By itself it tries some texts over and over, twice as
 * often for each bracket more, and a line of them would keep it for days; here it may look at each
 * word a number of times that no honest file comes near.
 */
final class BoundedParser {

  /**
   * What came of a text.
   *
   * @param tree null where there are errors
   * @param error the first by place; null where there is none
   * @param lostAt the offset that it did not get past; -1 where it came to an end
   */
  record Parsed(@Nullable PackageDescr tree, @Nullable At error, int lostAt) {}

  /** A place: line from 1, column from 0. */
  record At(int line, int column) {}

  /** Honest files were seen to need forty. */
  private static final long LOOKS_A_WORD = 1_000;

  private BoundedParser() {}

  static Parsed parse(String text) {
    DRLLexer lexer = DRLFactory.getDRLLexer(new ANTLRStringStream(text), LanguageLevelOption.DRL6);
    var words = new Words((TokenSource) lexer);
    DRLParser parser = DRLFactory.getDRLParser(words, LanguageLevelOption.DRL6);
    try {
      PackageDescr tree = parser.compilationUnit();
      List<DroolsParserException> errors = new ArrayList<>(lexer.getErrors());
      errors.addAll(parser.getErrors());
      At first =
          errors.stream()
              .map(error -> new At(error.getLineNumber(), error.getColumn()))
              .min(Comparator.comparingInt(At::line).thenComparingInt(At::column))
              .orElse(null);
      return new Parsed(first == null ? tree : null, first, -1);
    } catch (Lost e) {
      return new Parsed(null, null, words.offset());
    } catch (StackOverflowError e) {
      // How far the stack reaches differs from run to run; the line does not.
      return new Parsed(null, null, text.lastIndexOf('\n', words.offset()) + 1);
    } catch (RecognitionException e) {
      return new Parsed(null, new At(e.line, e.charPositionInLine), -1);
    }
  }

  private static final class Lost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Lost() {
      super("the parser came to no end", null, false, false);
    }
  }

  /** The words of a text, each to be looked at so many times and no more. */
  private static final class Words extends CommonTokenStream {

    private long looks;
    private int furthest;

    Words(TokenSource source) {
      super(source);
    }

    @Override
    public Token LT(int ahead) {
      if (++looks > LOOKS_A_WORD * (furthest + 1)) {
        throw new Lost();
      }
      furthest = Math.max(furthest, index());
      return super.LT(ahead);
    }

    private int offset() {
      Token last = get(Math.min(furthest, size() - 1));
      return last instanceof CommonToken token ? token.getStartIndex() : 0;
    }
  }
}
