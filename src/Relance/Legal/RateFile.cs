using Relance.Domain.Law;
using Relance.Operations;

namespace Relance.Legal;

/// <summary>The rates of this installation: those shipped, completed by <c>rates.json</c> in the data folder when a semester begins before an update comes.</summary>
internal sealed class RateFile(RelanceSettings settings)
{
    private string Location => Path.Combine(settings.DataFolder, RateTable.FileName);

    /// <summary>Read anew each time: a row that was added counts at once.</summary>
    /// <exception cref="FormatException">The file cannot be read; the message names it and the field.</exception>
    public RateTable Read()
    {
        if (!File.Exists(Location))
            return RateTable.Shipped;
        try
        {
            return RateTable.Shipped.With(RateTable.Parse(File.ReadAllText(Location)));
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{Location}: {fault.Message}", fault);
        }
    }
}
