using System.Globalization;
using System.Text;
using Relance.Storage;

namespace Relance.Journal;

/// <summary>One entry of a shop's chain, as its hash covers it.</summary>
/// <remarks>The hash is made in two steps, so that an entry can be left out of a copy of the chain: its digest alone lets everybody follow the chain past it.</remarks>
internal sealed class ChainEntry
{
    /// <summary>What the first entry has for a previous hash.</summary>
    public const string Genesis = "0";

    /// <summary>All columns, in a SELECT.</summary>
    public const string Columns = "shop_id AS ShopId, seq AS Seq, at AS At, kind AS Kind, subject_id AS SubjectId, entry AS Entry, content_hash AS ContentHash, prev_hash AS PrevHash, hash AS Hash";

    public string ShopId { get; init; } = "";
    public long Seq { get; init; }

    /// <summary>Business instant, milliseconds UTC.</summary>
    public long At { get; init; }
    public string Kind { get; init; } = "";
    public string SubjectId { get; init; } = "";

    /// <summary>JSON without personal data.</summary>
    public string Entry { get; init; } = "";
    public string? ContentHash { get; init; }
    public string PrevHash { get; init; } = "";
    public string Hash { get; set; } = "";

    /// <summary>SHA-256 over the fields but for the previous hash, each as a netstring (its length in bytes of UTF-8, a colon, the field, a comma).</summary>
    public string Digest => Values.Hash(Encoding.UTF8.GetBytes(string.Concat(Fields.Select(f => Number(Encoding.UTF8.GetByteCount(f)) + ":" + f + ","))));

    /// <summary>The hash that its place in the chain gives it.</summary>
    public string Linked => Link(PrevHash, Digest);

    /// <summary>Whether its hash is the one its fields and its place give.</summary>
    public bool Fits => Hash == Linked || IsOldForm;

    /// <summary>Written before digests were: its hash covers the fields in one step, and nobody can follow the chain past it without them.</summary>
    public bool IsOldForm => Hash == Values.Hash(Encoding.UTF8.GetBytes(string.Concat(Fields.Append(PrevHash).Select(f => Number(f.Length) + ":" + f + ","))));

    /// <summary>SHA-256 over the previous hash and the digest, both as they are printed.</summary>
    public static string Link(string prevHash, string digest) => Values.Hash(Encoding.ASCII.GetBytes(prevHash + digest));

    private string[] Fields => [ShopId, Number(Seq), Number(At), Kind, SubjectId, Entry, ContentHash ?? ""];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
