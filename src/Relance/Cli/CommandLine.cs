using System.CommandLine;
using Relance.Agency;
using Relance.Operations;
using Relance.Shops;

namespace Relance.Cli;

/// <summary>The command line. Exit codes: 0 done, 1 it failed, 2 it was asked wrongly (message on standard error).</summary>
public static class CommandLine
{
    /// <summary>Runs one command to its end.</summary>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    /// <summary>The same, with other places to write to.</summary>
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count == 0)
            return await GuardedAsync(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error }), error);
        foreach (var fault in parsed.Errors)
            await error.WriteLineAsync(fault.Message);
        await error.WriteLineAsync("Try 'relance --help'.");
        return ExitCode.Usage;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Relance: maintenance renewals of WooCommerce clients, by e-mail, with proof.");
        foreach (var option in CommonOptions.All)
            root.Options.Add(option);
        ServeCommand.AddTo(root);
        ShopCommand.AddTo(root);
        SiteCommand.AddTo(root);
        TemplateCommand.AddTo(root);
        DoctorCommand.AddTo(root);
        TodayCommand.AddTo(root);
        TaskCommand.AddTo(root);
        ApproveCommand.AddTo(root);
        PauseCommand.AddTo(root);
        ContractCommand.AddTo(root);
        JournalCommand.AddTo(root);
        EvidenceCommand.AddTo(root);
        KeyCommand.AddTo(root);
        PlanCommand.AddTo(root);
        SimulateCommand.AddTo(root);
        LawCommand.AddTo(root);
        BackupCommand.AddTo(root);
        RestoreCommand.AddTo(root);
        InboundCommand.AddTo(root);
        ClientCommand.AddTo(root);
        ImportCommand.AddTo(root);
        AccountCommand.AddTo(root);
        DemoCommand.AddTo(root);
        DemoShopCommand.AddTo(root);
        return root;
    }

    private static async Task<int> GuardedAsync(Func<Task<int>> run, TextWriter error)
    {
        try
        {
            return await run();
        }
        catch (Exception fault) when (fault is SettingsException or UsageException or LinkRefusedException or RefusedException)
        {
            await error.WriteLineAsync(fault.Message);
            return ExitCode.Usage;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !IsTestHost)
        {
            // Commands are for people: one sentence, unless they ask for the trace.
            var trace = Environment.GetEnvironmentVariable("RELANCE_TRACE") is "1";
            await error.WriteLineAsync(trace ? fault.ToString() : fault.Message);
            return ExitCode.Failure;
        }
    }

    // ASP.NET Core's test host stops the entry point by an exception that must reach it.
    private static bool IsTestHost => AppDomain.CurrentDomain.FriendlyName is "testhost";
}

/// <summary>What the process answers to its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failure = 1;
    public const int Usage = 2;
}

/// <summary>A command that was asked for something it cannot do; the message names the argument and what was expected.</summary>
public sealed class UsageException(string message) : Exception(message);
