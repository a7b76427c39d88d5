package io.bailiwick;

import io.bailiwick.command.ArchiveCommand;
import io.bailiwick.command.AuditCommand;
import io.bailiwick.command.BisectCommand;
import io.bailiwick.command.CheckCommand;
import io.bailiwick.command.ConnectCommand;
import io.bailiwick.command.DoctorCommand;
import io.bailiwick.command.FixturesCommand;
import io.bailiwick.command.JournalCommand;
import io.bailiwick.command.KeysCommand;
import io.bailiwick.command.ReplayCommand;
import io.bailiwick.command.RulesCommand;
import io.bailiwick.command.SandboxCommand;
import io.bailiwick.command.ServeCommand;
import io.bailiwick.command.VerifyCommand;
import io.bailiwick.command.WhyCommand;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's root, and the only place that ends the process. */
@Command(
    name = "bailiwick",
    mixinStandardHelpOptions = true,
    versionProvider = Bailiwick.Versions.class,
    description = "Routes leads to CRM territories by rules that analysts write.",
    subcommands = {
      ServeCommand.class,
      ReplayCommand.class,
      CheckCommand.class,
      AuditCommand.class,
      DoctorCommand.class,
      BisectCommand.class,
      WhyCommand.class,
      FixturesCommand.class,
      VerifyCommand.class,
      RulesCommand.class,
      ConnectCommand.class,
      KeysCommand.class,
      JournalCommand.class,
      SandboxCommand.class,
      ArchiveCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick serve --demo     try it: a service with a sandbox CRM inside",
      "  bailiwick help serve       what a command does, its options and exit codes"
    })
public final class Bailiwick implements Runnable {

  /** A wrong command line, everywhere (BSD's EX_USAGE). */
  static final int USAGE = 64;

  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bailiwick " + Version.BAILIWICK};
    }
  }

  @Spec private CommandSpec spec;

  /** Runs the command that was typed, and ends with its exit code. */
  public static void main(String[] args) {
    int exit = commandLine().execute(args);
    Logging.close();
    // A shutdown hook that waits for the service must find this thread free to return.
    Runtime.getRuntime().halt(exit);
  }

  /** The command line, for whoever wants to run it without ending the process. */
  static CommandLine commandLine() {
    var commandLine = new CommandLine(new Bailiwick());
    commandLine.setParameterExceptionHandler(
        (wrong, args) -> {
          var err = wrong.getCommandLine().getErr();
          err.println(wrong.getMessage());
          err.println(
              "Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return USAGE;
        });
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(message(failure));
          return 1;
        });
    return commandLine;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? There is no default.");
  }

  /** What a person needs: our own messages as they are, others with their kind. */
  private static String message(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    boolean ours = cause.getClass().getName().startsWith("io.bailiwick.");
    return ours ? String.valueOf(cause.getMessage()) : cause.toString();
  }
}
