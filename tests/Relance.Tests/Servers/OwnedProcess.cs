using System.Diagnostics;

namespace Relance.Tests.Servers;

/// <summary>A server that cannot outlive the test run, not even one that is killed.</summary>
/// <remarks>A shell holds our pipe: when we close it or die, it signals its child by its pid and removes the folder.</remarks>
internal sealed class OwnedProcess : IDisposable
{
    private const string Guardian = """
        folder=$1 signal=$2; shift 2
        exec 3<&0
        "$@" </dev/null >"$folder/output.log" 2>&1 &
        child=$!
        read -r _ <&3
        kill -s "$signal" "$child" 2>/dev/null
        wait "$child"
        rm -rf "$folder"
        """;

    private readonly Process _guardian;
    private int _stopped;

    private OwnedProcess(Process guardian, string folder)
    {
        _guardian = guardian;
        Folder = folder;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>The server's own folder; removed when it stops.</summary>
    public string Folder { get; }

    /// <summary>What the server has written so far.</summary>
    public string Output => File.Exists(Path.Combine(Folder, "output.log")) ? File.ReadAllText(Path.Combine(Folder, "output.log")) : "";

    public static OwnedProcess Start(string folder, string signal, params string[] command)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", Guardian, "guardian", folder, signal, .. command])
            start.ArgumentList.Add(argument);
        return new OwnedProcess(Process.Start(start)!, folder);
    }

    /// <summary>Waits until <paramref name="ready"/> holds.</summary>
    /// <exception cref="InvalidOperationException">It did not within 60 s; the message has the server's output.</exception>
    public async Task<OwnedProcess> ReadyAsync(Func<Task<bool>> ready)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            if (await ready())
                return this;
        }
        var output = Output;
        Dispose();
        throw new InvalidOperationException($"The server in {Folder} did not start: {output}");
    }

    /// <summary>A folder of our own, readable by the server's user.</summary>
    public static string NewFolder(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"relance-{name}-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder;
    }

    public static int FreePort() => Relance.Demo.FreePort.Next();

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        _guardian.StandardInput.Close();
        _guardian.WaitForExit(TimeSpan.FromSeconds(15));
        _guardian.Dispose();
    }
}
