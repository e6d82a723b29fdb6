using System.Text.Json.Serialization.Metadata;

namespace Relance.Api;

/// <summary>Writes the read models' pairs of <c>Amount</c> and <c>Currency</c> as one <see cref="Api.Amount"/>: an amount never stands alone.</summary>
internal static class AmountJson
{
    private const string Number = "amount";
    private const string Currency = "currency";

    public static void Join(JsonTypeInfo info)
    {
        if (info.Type == typeof(Amount) || Property(info, Number) is not { PropertyType: var type, Get: { } minor } number || type != typeof(long) || Property(info, Currency) is not { Get: { } code } currency)
            return;
        var joined = info.CreateJsonPropertyInfo(typeof(Amount), Number);
        joined.Get = item => Amount.Of((long)minor(item)!, (string)code(item)!);
        info.Properties[info.Properties.IndexOf(number)] = joined;
        info.Properties.Remove(currency);
    }

    private static JsonPropertyInfo? Property(JsonTypeInfo info, string name) => info.Properties.FirstOrDefault(property => property.Name == name);
}
