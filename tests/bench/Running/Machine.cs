using System.Globalization;
using System.Runtime.InteropServices;

namespace Relance.Bench.Running;

/// <summary>The machine, as far as figures depend on it.</summary>
internal sealed record Machine(int Cores, long MemoryMegabytes, string System, string Runtime, double FsyncMicroseconds, string LoadAtStart)
{
    public static Machine Read() => new(
        Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000, $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}",
        RuntimeInformation.FrameworkDescription, Fsync(), Load());

    /// <summary>Load averages of 1 and 5 minutes: above the number of cores, others are using the machine.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..2]) : "unknown";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Cores} cores, {MemoryMegabytes:#,0} MB, {System}, {Runtime}, one fsync {FsyncMicroseconds:0} µs, load at the start {LoadAtStart}");

    private static double Fsync()
    {
        const int Times = 200;
        var path = Path.GetTempFileName();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 4096, FileOptions.DeleteOnClose);
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Times; i++)
        {
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
        }

        return TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / Times;
    }
}
