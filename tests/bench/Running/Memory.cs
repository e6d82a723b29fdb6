using System.Globalization;

namespace Relance.Bench.Running;

/// <summary>A process's resident memory, in megabytes (10⁶ bytes), as the kernel counts it.</summary>
internal static class Memory
{
    public static double Resident(int pid) => Read(pid, "VmRSS");

    public static double Peak(int pid) => Read(pid, "VmHWM");

    private static double Read(int pid, string field)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
