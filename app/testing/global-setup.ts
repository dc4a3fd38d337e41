import { sendHistory } from "@/app/testing/history";
import { Instance } from "@/lib/http/testing/instance";

/** One filled server for all tests, with an admin who is signed in; tests that stop a server start their own. */
export default async function setUp(): Promise<() => Promise<void>> {
  const instance = await Instance.create();
  try {
    await instance.start();
    const { cookie } = await instance.signIn();
    process.env.PUSHLINE_TEST_COOKIE = cookie;
    await sendHistory(instance.url);
  } catch (error) {
    await instance.remove();
    throw error;
  }
  process.env.PUSHLINE_TEST_URL = instance.url;
  return () => instance.remove();
}
