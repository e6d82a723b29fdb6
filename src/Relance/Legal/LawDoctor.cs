using Relance.Domain.Law;
using Relance.Operations;

namespace Relance.Legal;

/// <summary>The part of <see cref="Doctor"/> that looks at the table of rates.</summary>
internal sealed class LawDoctor(RateFile rates, RelanceSettings settings, Clocks clocks)
{
    /// <summary>What is to be said; nothing where all is well.</summary>
    public IEnumerable<Finding> Examine()
    {
        RateTable table;
        try
        {
            table = rates.Read();
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            return [Finding.Fault("rates", fault.Message, $"Correct {RateTable.FileName} in the data folder, or remove it: late payment cannot be computed.")];
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clocks.Now, settings.Calendar.TimeZone).DateTime);
        return table.Warning(today) is { } warning
            ? [Finding.Warning("rates", warning, "Take the figures from the ECB and from the order on the legal rate of interest (C. mon. fin., L313-2).")]
            : [];
    }
}
