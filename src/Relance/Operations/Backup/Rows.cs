using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Relance.Operations.Backup;

/// <summary>A row as one line of JSON: text and numbers as they are, bytes as <c>{"base64":"…"}</c>.</summary>
internal static class Rows
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Base64 = "base64";

    public static void Write(Utf8JsonWriter json, DbDataReader row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.FieldCount; i++)
        {
            json.WritePropertyName(row.GetName(i));
            switch (row.GetValue(i))
            {
                case DBNull:
                    json.WriteNullValue();
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case byte[] bytes:
                    json.WriteStartObject();
                    json.WriteBase64String(Base64, bytes);
                    json.WriteEndObject();
                    break;
                case var other:
                    throw new InvalidOperationException($"{row.GetName(i)}: expected text, a whole number or bytes, as all our columns are; got {other.GetType().Name}.");
            }
        }
        json.WriteEndObject();
    }

    /// <summary>A stored value of the type that the column has; the database's null for null.</summary>
    /// <exception cref="FormatException">The value is of another type.</exception>
    public static object Value(JsonElement value, Type type) => value.ValueKind switch
    {
        JsonValueKind.Null => DBNull.Value,
        JsonValueKind.String when type == typeof(string) => value.GetString()!,
        JsonValueKind.Number when type == typeof(long) => value.GetInt64(),
        JsonValueKind.Object when type == typeof(byte[]) && value.TryGetProperty(Base64, out var bytes) => bytes.GetBytesFromBase64(),
        _ => throw new FormatException($"expected {(type == typeof(long) ? "a whole number" : type == typeof(string) ? "text" : "bytes")}"),
    };
}
