using Relance.Billing;

namespace Relance.Bounces;

/// <summary>The third soft bounce in a row within thirty days counts as a hard one; a message that stayed away in between ends the row.</summary>
internal static class SoftRun
{
    private const int Third = 3, Days = 30;

    /// <summary>Whether this message's soft bounce is the third or later of a row.</summary>
    public static async Task<bool> IsThirdAsync(BillingContext context, BouncedMessage message)
    {
        var args = new { message.RecipientId, message.Id, message.CreatedAt, Since = message.CreatedAt - (Days * 86_400_000L) };
        var soft = await context.Session.ValueAsync<long>(
            "SELECT COUNT(*) FROM message WHERE recipient_id = @RecipientId AND bounced_at IS NOT NULL AND bounce_kind = 'soft' AND id <> @Id AND created_at >= @Since", args);
        if (soft < Third - 1)
            return false;
        var row = await context.Session.QueryAsync<string>(
            """
            SELECT COALESCE(bounce_kind, '') FROM message
            WHERE recipient_id = @RecipientId AND mode = 'live' AND state = 'sent' AND id <> @Id AND created_at <= @CreatedAt AND created_at >= @Since
            ORDER BY created_at DESC, id DESC
            """, args);
        return row.TakeWhile(kind => kind == "soft").Count() >= Third - 1;
    }
}
